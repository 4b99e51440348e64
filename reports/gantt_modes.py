"""Gantt charts on dark screens, and in the few colours that people choose themselves (forced colours)."""

_DARK = """\
@media screen and (prefers-color-scheme:dark){.jc-gantt{color:#f3f2f1}
.jc-gantt svg{background:#121416}
.jc-gantt svg text{fill:#f3f2f1}
.jc-gantt .t1,.jc-gantt .t2,.jc-gantt .t3,.jc-gantt .p,.jc-gantt .m{stroke:#bcd9f0}
.jc-gantt .t1,.jc-gantt .f{fill:#bcd9f0}
.jc-gantt .t2{fill:#4f8fcb}
.jc-gantt .t3{fill:#153e70}
.jc-gantt .m:not(.f),.jc-gantt .y,.jc-hg{fill:#121416}
.jc-hs{stroke:#bcd9f0}
.jc-gantt .x{fill:#ff9d8f}
.jc-gantt .y{stroke:#f3f2f1}
.jc-gantt .d{stroke:#b8bcbf}
.jc-gantt .m.l,.jc-gantt .l{fill:#3d1512;stroke:#ff9d8f}
.jc-gantt path.r{stroke:#ff9d8f}
.jc-gantt svg text.r{fill:#ff9d8f}
.jc-gantt svg text.i{fill:#fff}
.jc-gantt .b{fill:#a5abaf}
.jc-gantt .w{fill:#4f8fcb;fill-opacity:.2;stroke:#4f8fcb}
.jc-h{fill:#fff;fill-opacity:.14}
.jc-g{stroke:#33383b}
.jc-y{stroke:#6b7276}
.jc-n{stroke:#fff}
.jc-gantt thead th,.jc-gantt tr>:first-child{background:#121416}
.jc-gantt th,.jc-gantt td{border-color:#33383b}
.jc-gantt thead th{border-color:#f3f2f1}
.jc-gantt th[scope=rowgroup]{background:#22272a}
.jc-gantt td small,.jc-gantt__subtitle{color:#b8bcbf}
.jc-gantt tbody a{color:#8ec5ff}
.jc-gantt tbody a:hover{color:#c3e0ff}
.jc-gantt__status--late{border-color:#ff9d8f;color:#ff9d8f}
.jc-gantt__status--at_risk{border-color:#f3f2f1}}
"""

_FORCED = """\
@media (forced-colors:active){.jc-gantt svg{background:Canvas}
.jc-gantt svg text,.jc-gantt svg text.r{fill:CanvasText}
.jc-gantt .t1,.jc-gantt .t2,.jc-gantt .t3,.jc-gantt .p,.jc-gantt .m,.jc-gantt .l,.jc-gantt .y{stroke:CanvasText}
.jc-gantt .t1,.jc-gantt .m:not(.f),.jc-gantt .m.l,.jc-gantt .l,.jc-gantt .y,.jc-hg{fill:Canvas}
.jc-gantt .t2{fill:GrayText}
.jc-gantt .t3,.jc-gantt .f,.jc-gantt .x{fill:CanvasText}
.jc-gantt svg text.i{fill:Canvas}
.jc-gantt svg text.i.r{fill:CanvasText}
.jc-gantt path.r,.jc-gantt .d,.jc-hs{stroke:CanvasText}
.jc-gantt .b{fill:GrayText}
.jc-gantt .w{fill:none;stroke:GrayText}
.jc-h{fill:GrayText;fill-opacity:.3}
.jc-g{stroke:GrayText;stroke-opacity:.4}
.jc-y{stroke:GrayText}
.jc-n{stroke:Highlight}
.jc-k{fill:CanvasText}
.jc-k--open{stroke:CanvasText}
.jc-gantt .v .jc-k{fill:Canvas}}
"""
"""System colours are the reader's own; heights, dashes, hatches and words still tell everything apart."""

MODES = _DARK + _FORCED
"""For pages only: a file on paper or in a slide keeps its colours."""
