#include "server/findings/render/html_parts.h"

namespace dynarock::findings {

const std::string_view kHtmlStyle = R"css(
:root {
  --page: #f6f7f9; --card: #fff; --ink: #1b2330; --soft: #5c6675; --line: #dfe3e9; --code: #f1f3f6;
  --error: #c4283a; --warning: #a86400; --note: #35699f; --good: #22804f;
  --read: #2f74c9; --write: #e08430; --kept: #2f9e68; --lost: #e3a3a8; --track: #edf0f4;
  --s0: #2f74c9; --s1: #e08430; --s2: #2f9e68; --s3: #b74f8f; --s4: #7a63c7; --s5: #c9a227;
  --s6: #3aa3ad; --s7: #9aa3b0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161c; --card: #1a2029; --ink: #e4e8ee; --soft: #98a3b3; --line: #2d3642;
    --code: #232b36; --error: #ff7080; --warning: #f0b34e; --note: #7eb2ec; --good: #5fcf95;
    --read: #5596e6; --write: #e8964a; --kept: #45b57f; --lost: #8a4650; --track: #252d38;
    --s0: #5596e6; --s1: #e8964a; --s2: #45b57f; --s3: #d377b0; --s4: #9d89e0; --s5: #d6b548;
    --s6: #55bfc9; --s7: #7b8594;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
header, main { max-width: 1120px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 28px; }
h1 { margin: 0; font-size: 28px; letter-spacing: -.02em; }
h1 span { font-weight: 400; color: var(--soft); }
header p { margin: 2px 0 20px; color: var(--soft); }
h2 { margin: 36px 0 12px; font-size: 20px; }
h3 { margin: 24px 0 8px; font-size: 16px; }
code, pre { font: 13px/1.5 ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.quiet { color: var(--soft); font-size: 13px; }
.tiles { display: flex; flex-wrap: wrap; gap: 12px; }
.tile { flex: 1 1 110px; padding: 12px 16px; background: var(--card); border: 1px solid var(--line);
  border-radius: 8px; }
.tile b { display: block; font-size: 26px; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile span { color: var(--soft); font-size: 13px; }
.tile.wide { flex: 3 1 260px; }
.tile.error b { color: var(--error); } .tile.warning b { color: var(--warning); }
.tile.note b { color: var(--note); } .tile.none b { color: var(--good); }
.finding { margin: 0 0 14px; padding: 14px 18px; background: var(--card); border: 1px solid var(--line);
  border-left: 5px solid var(--tone); border-radius: 8px; overflow-wrap: anywhere; }
.finding.error { --tone: var(--error); } .finding.warning { --tone: var(--warning); }
.finding.note { --tone: var(--note); }
.finding h3 { margin: 0; }
.badge { display: inline-block; margin-right: 4px; padding: 0 8px; border: 1px solid var(--tone);
  border-radius: 10px; color: var(--tone); font-size: 12px; font-weight: 600; line-height: 19px;
  vertical-align: 1px; }
.finding p { margin: 6px 0; }
.where code { margin-left: 6px; color: var(--soft); }
.where code:first-child { margin-left: 0; }
dl { display: flex; flex-wrap: wrap; gap: 6px 24px; margin: 10px 0; }
dt { color: var(--soft); font-size: 12px; }
dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
details { margin: 8px 0 0; }
summary { cursor: pointer; color: var(--note); }
pre { margin: 6px 0 0; padding: 10px 12px; background: var(--code); border-radius: 6px;
  white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 2; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr)); gap: 14px; }
figure { margin: 0; padding: 14px 18px; background: var(--card); border: 1px solid var(--line);
  border-radius: 8px; min-width: 0; }
figure.wide { grid-column: 1 / -1; }
figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 16px; margin-bottom: 10px;
  font-weight: 600; }
figcaption span { color: var(--soft); font-weight: 400; font-size: 13px; }
figure i { display: inline-block; width: 10px; height: 10px; margin: 0 5px 0 8px; border-radius: 2px; }
svg { display: block; }
.plots .quiet { margin: 0; }
h3 + .quiet { margin: -4px 0 8px; }
svg text { fill: var(--ink); font-size: 13px; }
svg text.figure { fill: var(--soft); text-anchor: end; font-variant-numeric: tabular-nums; }
.share svg { height: 18px; border-radius: 3px; }
.share rect { height: 18px; }
.share ol { margin: 10px 0 0; padding: 0; list-style: none; font-size: 13px; }
.share li { display: flex; padding: 1px 0; overflow-wrap: anywhere; }
.share li i { flex: none; margin: 4px 5px 0 0; }
.share li b { flex: none; min-width: 92px; font-variant-numeric: tabular-nums; }
rect.read, rect.write, rect.kept, rect.lost, rect.track { rx: 2px; }
.read { fill: var(--read); background: var(--read); } .write { fill: var(--write); background: var(--write); }
.kept { fill: var(--kept); background: var(--kept); } .lost { fill: var(--lost); background: var(--lost); }
.track { fill: var(--track); }
.s0 { fill: var(--s0); background: var(--s0); } .s1 { fill: var(--s1); background: var(--s1); }
.s2 { fill: var(--s2); background: var(--s2); } .s3 { fill: var(--s3); background: var(--s3); }
.s4 { fill: var(--s4); background: var(--s4); } .s5 { fill: var(--s5); background: var(--s5); }
.s6 { fill: var(--s6); background: var(--s6); } .s7 { fill: var(--s7); background: var(--s7); }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th, td { padding: 7px 12px; text-align: right; vertical-align: top; white-space: nowrap;
  font-variant-numeric: tabular-nums; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--soft); font-weight: 600; font-size: 13px; }
th:first-child, td:first-child { text-align: left; white-space: normal; min-width: 240px; overflow-wrap: anywhere; }
td code { display: block; color: var(--soft); }
main > section:last-child { margin-bottom: 48px; }
@media print { body { background: #fff; } .finding, figure, tr { break-inside: avoid; } }
)css";

}  // namespace dynarock::findings
