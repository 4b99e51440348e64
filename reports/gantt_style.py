"""The style of Gantt charts as text: shapes (shared by HTML and SVG files), the table around them, and print."""

SHAPES = """\
.jc-gantt svg text,svg.jc-gantt text{font:11px Arial,Helvetica,sans-serif;fill:#0b0c0c}
.jc-gantt .t1,.jc-gantt .t2,.jc-gantt .t3,.jc-gantt .p,.jc-gantt .m{stroke:#061a33;stroke-width:1}
.jc-gantt .t1{fill:#d2e6f6}
.jc-gantt .t2{fill:#2f75b5}
.jc-gantt .t3{fill:#062447}
.jc-gantt .m{fill:#fff;stroke-width:1.5}
.jc-gantt .f{fill:#061a33}
.jc-gantt .x{fill:#c2291a}
.jc-gantt .y{fill:#fff;stroke:#061a33;stroke-width:2}
.jc-gantt .d{fill:none;stroke:#484d50;stroke-width:1}
.jc-gantt path.r{stroke:#a11b0e}
.jc-gantt .l{fill:#fbe9e6;stroke:#c2291a;stroke-width:2;stroke-dasharray:3 2}
.jc-gantt .b{fill:#6b7276}
.jc-gantt .w{fill:#2f75b5;fill-opacity:.13;stroke:#8db4d8;stroke-width:1}
.jc-h{fill:#0b0c0c;fill-opacity:.1}
.jc-g{fill:none;stroke:#dcdfe0;stroke-width:1}
.jc-y{fill:none;stroke:#a5abaf;stroke-width:1}
.jc-n{fill:none;stroke:#0b0c0c;stroke-width:2}
.jc-k{fill:currentColor;stroke:none}
.jc-k--open{fill:none;stroke:currentColor;stroke-width:1.6}
.jc-gantt .v{color:#fff;pointer-events:none}
.jc-gantt svg text.i,svg.jc-gantt text.i{fill:#fff;text-anchor:middle;font-weight:700;pointer-events:none}
.jc-gantt svg text.r,svg.jc-gantt text.r{fill:#a11b0e;font-weight:700}
.jc-gantt svg text.e,svg.jc-gantt text.e{text-anchor:end}
"""
"""Classes of shapes: t1-t3 tones, p provisional, m milestone (f: done), l late, x tail of what was done late, y ring of
a waived rule, d line to words, b published, w window, jc-h holiday, jc-g and jc-y lines, jc-n now, jc-k padlock, v
padlock within a bar, jc-hg and jc-hs ground and stroke of hatches; of texts: i inside, r late, e
right-aligned. Shapes that are used by reference stand alone (`.jc-h`): a selector cannot look out of what a `use`
element copies."""

TABLE = """\
.jc-gantt{color:#0b0c0c;font:16px/1.3 Arial,Helvetica,sans-serif}
.jc-gantt__title{font-size:1.5em;line-height:1.25;margin:0 0 .3em;max-width:44em}
.jc-gantt__subtitle{margin:0 0 .8em;color:#484d50}
.jc-gantt__key{display:flex;flex-wrap:wrap;gap:.3em 1.4em;margin:0 0 1em;padding:0;list-style:none;font-size:.875em}
.jc-gantt__key li{display:flex;align-items:center;gap:.5em}
.jc-gantt__definitions{position:absolute}
.jc-gantt__region{overflow:auto;scroll-padding:64px 0 0 12em;border-bottom:1px solid #a5abaf}
.jc-gantt__region:focus-visible{outline:3px solid #0b0c0c;outline-offset:2px;box-shadow:0 0 0 3px #fd0}
.jc-gantt table{border-collapse:separate;border-spacing:0;font-size:.875em}
.jc-gantt th,.jc-gantt td{border-bottom:1px solid #dcdfe0;font-weight:400;padding:1px 10px 1px 0;text-align:left}
.jc-gantt th,.jc-gantt td{vertical-align:middle}
.jc-gantt thead th{background:#fff;border-bottom:1px solid #0b0c0c;font-weight:700;position:sticky;top:0;z-index:2}
.jc-gantt thead th{vertical-align:bottom}
.jc-gantt tr>:first-child{background:#fff;left:0;min-width:9em;padding-left:2px;position:sticky;z-index:1}
.jc-gantt thead tr>:first-child{z-index:3}
.jc-gantt tbody th{font-weight:700}
.jc-gantt tr>:last-child{padding:0}
.jc-gantt th[scope=rowgroup]{background:#f3f4f5;padding:5px 2px;font-size:1.07em}
.jc-gantt__group{left:2px;position:sticky}
.jc-gantt tbody a{color:#1a5a96;display:inline-block;line-height:24px;min-height:24px;min-width:24px}
.jc-gantt tbody a:hover{color:#062447;text-decoration-thickness:3px}
.jc-gantt tbody a:focus-visible{background:#fd0;box-shadow:0 3px #0b0c0c;color:#0b0c0c;text-decoration:none}
.jc-gantt tbody a:focus-visible{outline:3px solid transparent}
.jc-gantt time{white-space:nowrap}
.jc-gantt td small,.jc-gantt__status{display:block;font-size:1em;min-width:7.4em}
.jc-gantt td:nth-child(2){min-width:10em}
.jc-gantt td:nth-child(3){min-width:7em}
.jc-gantt td small{color:#484d50}
.jc-gantt__status--late{border:1px dashed #c2291a;color:#a11b0e;font-weight:700;padding:1px 4px}
.jc-gantt__status--at_risk{border-left:4px solid #0b0c0c;font-weight:700;padding-left:5px}
.jc-gantt svg{background:#fff;display:block;forced-color-adjust:none}
.jc-gantt [role=img]:focus-visible{outline:3px solid #0b0c0c;outline-offset:-3px;box-shadow:0 0 0 3px #fd0}
.jc-gantt div[role=img]::after{content:attr(aria-label);display:none;left:2px;line-height:1.4;padding:4px 0 8px}
.jc-gantt div[role=img]::after{position:sticky;width:min(80vw,46em)}
.jc-gantt tr:focus-within div[role=img]::after{display:block}
@media (min-width:48em) and (min-height:36em){.jc-gantt__region{max-height:88vh}}
@media screen and (max-width:48em){.jc-gantt__title{font-size:1.2em}.jc-gantt__region{scroll-padding-left:7.5em}
.jc-gantt tr>:first-child{hyphens:auto;max-width:8.4em;min-width:6em;overflow-wrap:break-word}
.jc-gantt th[scope=rowgroup]{max-width:none}}
@media print{.jc-gantt{font-size:11px}.jc-gantt__region{max-height:none;overflow:visible;border:0}
.jc-gantt table{width:100%}.jc-gantt thead{display:table-header-group}.jc-gantt tr{break-inside:avoid}
.jc-gantt thead th,.jc-gantt tr>:first-child{position:static}
.jc-gantt th,.jc-gantt td{padding-right:6px}.jc-gantt td svg,.jc-gantt thead svg{height:auto;width:100%}
.jc-gantt tr>:last-child{width:78%}.jc-gantt tbody a{color:#0b0c0c;line-height:1.2;min-height:0;text-decoration:none}
.jc-gantt svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
"""The table: sticky first column and head, targets of 24 pixels, reflow, forced colours and print."""

PAGE = """\
body{background:#fff;margin:0;padding:1.2em}
@media (max-width:48em){body{padding:.6em}}
@media screen and (prefers-color-scheme:dark){body{background:#121416}}
@media print{body{padding:0}@page{margin:10mm;size:A4 landscape}}
"""
"""What only a page of its own needs."""
