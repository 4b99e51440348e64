"""The style of maps as text, for the style sheet of the console."""

MAP = """\
.jc-map{color:#0b0c0c;font:16px/1.3 Arial,Helvetica,sans-serif;margin-bottom:30px}
.jc-map__title{font-size:1.5em;line-height:1.25;margin:0 0 .4em;max-width:44em}
.jc-map__legend{display:flex;flex-wrap:wrap;gap:.3em 1.4em;margin:0 0 .6em;padding:0;list-style:none}
.jc-map__legend li{align-items:center;display:flex;gap:.5em}
.jc-map__region{overflow:auto}
.jc-map__region:focus-visible{outline:3px solid #0b0c0c;outline-offset:2px;box-shadow:0 0 0 3px #fd0}
.jc-map__picture{background:#fff;display:block}
.jc-map svg{forced-color-adjust:none}
.jc-map__land{fill:#eceeef;stroke:#a5abaf}
.jc-map circle{stroke:#061a33;stroke-width:1}
.jc-map .m0{fill:#fff}
.jc-map .m1{fill:#bcd9f0}
.jc-map .m2{fill:#2f75b5}
.jc-map .m3{fill:#1b4b82}
.jc-map .m4{fill:#062447}
.jc-map .mu{fill:#fbe9e6;stroke:#c2291a;stroke-dasharray:3 2;stroke-width:2.5}
.jc-map svg text{fill:#0b0c0c;font:700 10px Arial,Helvetica,sans-serif;pointer-events:none;text-anchor:middle}
.jc-map svg text.jc-map__sign--pale{fill:#fff}
.jc-map svg text.jc-map__words{display:none;font-size:14px;text-anchor:start}
.jc-map__dot:hover .jc-map__words,.jc-map__dot:focus .jc-map__words{display:inline}
.jc-map__dot:hover circle{stroke-width:3}
.jc-map__dot:focus{outline:0}
.jc-map__dot:focus circle{stroke:#0b0c0c;stroke-dasharray:none;stroke-width:5;paint-order:stroke}
@media screen and (prefers-color-scheme:dark){.jc-map{color:#f3f2f1}.jc-map svg{background:#121416}
.jc-map__land{fill:#23282b;stroke:#6b7276}.jc-map circle{stroke:#e8f1fa}
.jc-map .mu{fill:#ffd9d2;stroke:#c2291a}.jc-map svg text.jc-map__words{fill:#f3f2f1}
.jc-map__dot:focus circle{stroke:#fd0}}
@media (forced-colors:active){.jc-map svg{background:Canvas}.jc-map__land{fill:Canvas;stroke:GrayText}
.jc-map circle[class]{fill:Canvas;stroke:CanvasText}
.jc-map svg text,.jc-map svg text.jc-map__sign--pale,.jc-map svg text.jc-map__words{fill:CanvasText}
.jc-map__dot:focus circle{stroke:Highlight}}
@media print{.jc-map__picture{height:auto;max-height:205mm;max-width:100%}
.jc-map svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
