// The parts of the text report, each appended in turn.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "server/findings/report.h"

namespace dynarock::findings {

// Columns of the lines that are broken.
inline constexpr size_t kTextWidth = 100;
inline constexpr std::string_view kTextIndent = "    ";

// Colours of a terminal, or nothing.
class Paint {
 public:
  explicit Paint(bool on) : on_(on) {}
  std::string Bold(std::string_view text) const { return Wrap("1", text); }
  std::string Dim(std::string_view text) const { return Wrap("2", text); }
  std::string Of(Severity severity, std::string_view text) const {
    return Wrap(severity == Severity::kError     ? "1;31"
                : severity == Severity::kWarning ? "1;33"
                                                 : "1;36",
                text);
  }

 private:
  std::string Wrap(std::string_view code, std::string_view text) const {
    if (!on_) return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
  }
  bool on_;
};

// The version, the requests, the time, and an empty line; nothing where none of it is known.
void AppendTextHead(const Report& report, const Paint& paint, std::string& out);
// All that a finding says.
void AppendWholeFinding(const Finding& finding, const Paint& paint, std::string& out);
// A finding in a few lines: its title, and unless it is a note, its figures and (`advice`) the first
// sentence of its advice, both cut to a line or two.
void AppendShortFinding(const Finding& finding, bool advice, const Paint& paint, std::string& out);

// Kinds of requests, operations, tables and indexes, and what the prices are; nothing where nothing
// was asked for and nothing is stored.
void AppendWholeCosts(const Report& report, const Paint& paint, std::string& out);
// The few kinds of requests that cost most.
void AppendShortCosts(const Report& report, const Paint& paint, std::string& out);

// All of the report.
std::string WholeText(const Report& report, const Paint& paint);
// The report in at most as many lines as a screen has: the whole of it where it fits; else the
// findings first, shortened as far as needed, and a count of what is left out with `hint`, the way
// to see it ("--all").
std::string ScreenText(const Report& report, const Paint& paint, std::string_view hint);

// "1 error, 2 warnings, 0 notes" as a line, or "no findings".
std::string CountsLine(const Report& report);

}  // namespace dynarock::findings
