#include "report/page.h"

namespace bottega {

// Colours: text and tags reach 4.5:1 on --paper and --panel in both schemes, lines of plots 3:1.
std::string_view PageCss() {
  return R"css(
:root {
  --paper: #fbfaf7; --panel: #f3f1eb; --ink: #1c1b19; --muted: #5d5a53; --line: #dcd8ce;
  --accent: #1d5573; --good: #23623a; --warn: #7d5200; --bad: #9a2a20;
  --good-soft: #e3efe5; --warn-soft: #f7ecd4; --bad-soft: #f8e3df; --info-soft: #e2ecf2;
  --s1: #1d5573; --s2: #b4541a; --s3: #3f7a46; --s4: #7a4a8c; --s5: #8a6d00; --s6: #a8325e;
  --s7: #2a7f86; --s8: #6b6459; --heat: 29, 85, 115;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #161615; --panel: #201f1d; --ink: #ebe8e1; --muted: #a8a398; --line: #3a3833;
    --accent: #82bbdb; --good: #85c797; --warn: #e0b25a; --bad: #f0958a;
    --good-soft: #1c2e21; --warn-soft: #33290f; --bad-soft: #3a1f1b; --info-soft: #1b2a33;
    --s1: #7fb9da; --s2: #e9965f; --s3: #86c48d; --s4: #c29ad3; --s5: #d8bb57; --s6: #e98fb0;
    --s7: #74c5cb; --s8: #b3aca0; --heat: 90, 140, 170;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 var(--sans); }
.page { max-width: 62rem; margin: 0 auto; padding: 3rem 1.5rem 4rem; }
p, ul, ol, dl, figure, pre, .scroll, .callout { margin: 0 0 1.1rem; }
p, li { max-width: 44rem; overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible, pre:focus-visible {
  outline: 2px solid var(--accent); outline-offset: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; z-index: 1; }
h1, h2, h3 { font-family: var(--serif); font-weight: 600; line-height: 1.2; text-wrap: balance;
  overflow-wrap: anywhere; }
h1 { font-size: 2.5rem; margin: 0 0 .4rem; letter-spacing: -.01em; }
h2 { font-size: 1.55rem; margin: 0 0 1rem; }
h3 { font-size: 1.12rem; margin: 1.8rem 0 .6rem; }
.kicker { margin: 0 0 .5rem; color: var(--muted); font-size: .82rem; letter-spacing: .09em;
  text-transform: uppercase; }
.subtitle { color: var(--muted); margin: 0; }
.top { padding-bottom: 1.4rem; border-bottom: 3px double var(--line); }
.contents { margin: 1rem 0 0; font-size: .92rem; }
.contents ol { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap;
  gap: .2rem 1.3rem; }
.contents a { color: var(--muted); text-decoration: none; }
.contents a:hover { color: var(--accent); text-decoration: underline; }
section { padding-top: 2.6rem; }
section + section { margin-top: 2.4rem; border-top: 1px solid var(--line); }
.lead { font: 1.22rem/1.5 var(--serif); }
.note { color: var(--muted); font-size: .9rem; }
code, pre { font-family: var(--mono); font-size: .86em; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 4px;
  padding: .9rem 1rem; overflow-x: auto; line-height: 1.5; }
code { overflow-wrap: anywhere; }
pre code { font-size: .84rem; overflow-wrap: normal; }
.scroll { overflow-x: auto; max-width: 100%; }
table { border-collapse: collapse; font-size: .92rem; min-width: 60%; }
caption { text-align: left; color: var(--muted); padding-bottom: .4rem; font-size: .88rem; }
th, td { text-align: left; padding: .42rem 1rem .42rem 0; border-bottom: 1px solid var(--line);
  vertical-align: top; }
th { font-weight: 600; color: var(--muted); font-size: .84rem; white-space: nowrap; }
thead th { border-bottom: 1px solid var(--ink); }
td:last-child, th:last-child { padding-right: 0; }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.tag { display: inline-block; padding: .02rem .5rem; border-radius: 3px; font-size: .8rem;
  font-weight: 600; white-space: nowrap; background: var(--info-soft); color: var(--accent); }
.tag.error { background: var(--bad-soft); color: var(--bad); }
.tag.warning { background: var(--warn-soft); color: var(--warn); }
.tag.good { background: var(--good-soft); color: var(--good); }
.callout { max-width: 46rem; padding: .75rem 1rem; border-left: 4px solid var(--accent);
  background: var(--info-soft); }
.callout > :last-child { margin-bottom: 0; }
.callout.error { border-color: var(--bad); background: var(--bad-soft); }
.callout.warning { border-color: var(--warn); background: var(--warn-soft); }
.callout.good { border-color: var(--good); background: var(--good-soft); }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.4rem;
  font-size: .94rem; }
dl.facts dt { color: var(--muted); }
dl.facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
  gap: 1.6rem 2.4rem; margin-bottom: 1.1rem; }
figure.plot { margin: 0 0 1.6rem; min-width: 0; }
.figures figure.plot { margin: 0; }
figure.plot svg { display: block; width: 100%; height: auto; max-width: 32rem; }
figcaption { color: var(--muted); font-size: .88rem; margin-top: .45rem; max-width: 32rem; }
.plot-title::first-letter { text-transform: uppercase; }
.plot-title { font-weight: 600; margin: 0 0 .3rem; font-size: .95rem; }
.legend { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin: 0 0 .3rem; font-size: .86rem;
  color: var(--muted); }
.legend i { display: inline-block; width: .8rem; height: .8rem; border-radius: 2px;
  margin-right: .4rem; vertical-align: -.08rem; }
svg text { font-family: var(--sans); fill: var(--muted); font-size: 12px;
  font-variant-numeric: tabular-nums; }
svg .strong { fill: var(--ink); }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .axis { stroke: var(--muted); stroke-width: 1; }
details { margin: 0 0 1.1rem; }
summary { cursor: pointer; color: var(--accent); overflow-wrap: anywhere; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 3px double var(--line);
  color: var(--muted); font-size: .86rem; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  .page { padding: 1.6rem 1.1rem 3rem; }
  h1 { font-size: 1.85rem; }
  h2 { font-size: 1.35rem; }
  .lead { font-size: 1.1rem; }
  dl.facts { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dl.facts dd { margin-bottom: .6rem; }
  table.stack thead { display: none; }
  table.stack tr { display: block; border-bottom: 1px solid var(--line); padding: .5rem 0; }
  table.stack td { display: block; border: 0; padding: .1rem 0; }
}
@media print {
  .page { max-width: none; padding: 0; }
  .contents, .skip { display: none; }
  section, figure, .callout { break-inside: avoid; }
}
)css";
}

}  // namespace bottega
