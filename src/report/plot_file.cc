#include "report/plot_file.h"

#include "base/error.h"
#include "report/page.h"

namespace bottega {

namespace {

// The custom properties of the shared style: its first block.
std::string Properties() {
  const std::string css(PageCss());
  const size_t begin = css.find(":root"), end = css.find('}', begin);
  return css.substr(begin, end - begin + 1);
}

}  // namespace

std::string SvgDocument(const std::string& figure) {
  const size_t begin = figure.find("<svg "), end = figure.find("</svg>");
  if (begin == std::string::npos || end == std::string::npos) {
    throw Error(ErrorKind::kInternal, "a figure without an SVG");
  }
  const size_t open = figure.find('>', begin);
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" " + figure.substr(begin + 5, open - begin - 5) +
         "><style>" + Properties() +
         "svg{background:var(--paper)}text{font-family:var(--sans);fill:var(--muted);font-size:"
         "12px}"
         ".strong{fill:var(--ink)}.grid{stroke:var(--line)}.axis{stroke:var(--muted)}</style>" +
         figure.substr(open + 1, end - open - 1) + "</svg>\n";
}

}  // namespace bottega
