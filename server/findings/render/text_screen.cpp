// The report in the lines of one screen.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "server/findings/cost/estimate.h"
#include "server/findings/cost/figures.h"
#include "server/findings/render/format.h"
#include "server/findings/render/text_parts.h"
#include "server/findings/render/text_table.h"

namespace dynarock::findings {

namespace {

constexpr size_t kScreen = 48;    // lines; terminals that are made large have about 50
constexpr size_t kLastLines = 4;  // what was left out, an empty line, the counts

// Lines of a terminal, which breaks the longest ones.
size_t LinesOf(std::string_view text) {
  constexpr size_t kColumns = 120;
  size_t lines = 0;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const size_t width = Width(text.substr(0, end));
    lines += width == 0 ? 1 : (width - 1) / kColumns + 1;
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

// What stands for a finding, and for those behind it of which the same would be said.
struct Form {
  size_t finding = 0;  // the first of them
  size_t findings = 1;
  std::string text;
  size_t lines = 0;  // of the text
};

// `advice`: what was advised before is not said again.
Form ShortForm(const Finding& finding, bool advice, const Paint& paint) {
  Form form;
  AppendShortFinding(finding, advice, paint, form.text);
  form.lines = LinesOf(form.text);
  return form;
}

Form WholeForm(const Finding& finding, const Paint& paint) {
  Form form;
  AppendWholeFinding(finding, paint, form.text);
  form.text += '\n';
  form.lines = LinesOf(form.text);
  return form;
}

// Findings in their forms, as far as they fit.
class Shown {
 public:
  Shown(const Report& report, const Paint& paint) : report_(report), paint_(paint) {}

  size_t findings() const { return findings_; }

  std::string Text() const {
    std::string out;
    for (const Form& form : forms_) {
      out += form.text;
      if (form.findings == 1) continue;
      out.insert(out.size() - 1, " (" + CountText(form.findings) + " of these)");
    }
    return out;
  }

  // Adds the next findings in short while they are of `least` and above and fit into `room` lines.
  void Add(Severity least, size_t room) {
    for (; findings_ < report_.findings.size(); ++findings_) {
      const Finding& finding = report_.findings[findings_];
      if (finding.severity < least) return;
      const bool fresh = findings_ == 0 || report_.findings[findings_ - 1].advice != finding.advice;
      Form form = ShortForm(finding, fresh, paint_);
      form.finding = findings_;
      if (!forms_.empty() && forms_.back().text == form.text) {
        ++forms_.back().findings;
        continue;
      }
      if (lines_ + form.lines > room) return;
      lines_ += form.lines;
      forms_.push_back(std::move(form));
    }
  }

  // Shows the first of them in full while all that are shown fit into `room` lines.
  void Widen(size_t room) {
    for (; whole_ < forms_.size(); ++whole_) {
      Form& form = forms_[whole_];
      if (form.findings > 1) return;
      const Form whole = WholeForm(report_.findings[form.finding], paint_);
      if (lines_ - form.lines + whole.lines > room) return;
      lines_ += whole.lines - form.lines;
      form.text = whole.text;
      form.lines = whole.lines;
    }
  }

 private:
  const Report& report_;
  const Paint& paint_;
  std::vector<Form> forms_;
  size_t findings_ = 0;  // that the forms stand for
  size_t lines_ = 0;
  size_t whole_ = 0;  // forms are in full
};

// What to show in `room` lines: first all errors and warnings, then more of the heaviest of them,
// then notes, for which some lines are kept.
Shown Fitting(const Report& report, const Paint& paint, size_t room) {
  constexpr size_t kLinesOfNotes = 8;
  const size_t notes = CountOf(report, Severity::kNote);
  const size_t kept = std::min({kLinesOfNotes, 2 * notes, room});
  Shown shown(report, paint);
  shown.Add(Severity::kWarning, room);
  shown.Widen(room - kept);
  shown.Add(Severity::kNote, room);
  shown.Widen(room);
  return shown;
}

// "2 warnings, 9 notes" of the findings from `shown` on.
std::string Counted(const Report& report, size_t shown) {
  std::string text;
  for (const Severity severity : {Severity::kError, Severity::kWarning, Severity::kNote}) {
    const auto count = static_cast<uint64_t>(std::count_if(
        report.findings.begin() + static_cast<std::ptrdiff_t>(shown), report.findings.end(),
        [&](const Finding& finding) { return finding.severity == severity; }));
    if (count == 0) continue;
    text += (text.empty() ? "" : ", ") + Plural(count, SeverityName(severity));
  }
  return text;
}

}  // namespace

std::string ScreenText(const Report& report, const Paint& paint, std::string_view hint) {
  if (std::string whole = WholeText(report, paint); LinesOf(whole) <= kScreen) return whole;
  std::string out;
  AppendTextHead(report, paint, out);
  std::string costs;
  AppendShortCosts(report, paint, costs);
  const size_t taken = LinesOf(out) + LinesOf(costs) + kLastLines;
  const Shown shown = Fitting(report, paint, taken < kScreen ? kScreen - taken : 0);
  out += shown.Text();
  if (shown.findings() > 0 && !out.ends_with("\n\n")) out += '\n';
  out += costs;
  std::string left_out = Counted(report, shown.findings());
  if (left_out.empty()) left_out = "details";
  std::string last = "Left out: " + left_out + ", costs by operation, table and index.";
  if (!hint.empty()) last += " " + std::string(hint) + " shows everything.";
  return out + Wrapped(last, "", kTextWidth) + "\n" + CountsLine(report);
}

}  // namespace dynarock::findings
