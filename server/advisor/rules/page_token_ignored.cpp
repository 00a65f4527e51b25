// page-token-ignored: an answer that ended with LastEvaluatedKey, which no request ever gave back.
//
// Sees, per distinct Query or Scan: first pages that ended with a page token, and requests that
// began with one of these. Speaks when none was ever followed. Cut at 1 MB, without a Limit: an
// error, from the first one on, since items are missing from the result. With a Limit: a Scan is a
// warning (which items come first is arbitrary); a Query a note, unless it reads backwards or with
// Limit 1, which is how one asks for the newest; none for completions: a Limit of at most ten, and
// begins_with by what somebody has typed rather than by the name of an entity ("ORDER#").
// Why: whoever ignores the token works with a part of the data and does not know it.
#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "page-token-ignored";

// Whether the request asks for a few completions of a text.
bool IsCompletion(const RequestKind& kind) {
  constexpr uint64_t kFew = 10;
  constexpr std::string_view kFunction = "begins_with";
  const std::string_view condition = kind.Expression("KeyConditionExpression");
  const size_t call = condition.find(kFunction);
  if (kind.pages.most_limit > kFew || call == std::string_view::npos) return false;
  const size_t colon = condition.find(':', call);
  const size_t end = condition.find_first_of(" )", colon);
  if (colon == std::string_view::npos || end == std::string_view::npos) return false;
  std::string value = "\"";
  value.append(condition.substr(colon, end - colon)).append("\":{\"S\":\"");
  const size_t at = kind.example.find(value);
  if (at == std::string::npos) return false;
  const std::string_view typed = std::string_view(kind.example).substr(at + value.size());
  return typed.substr(0, typed.find('"')).find_first_of("#:/|") == std::string_view::npos;
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const RequestKind* kind : given.kinds) {
    const bool scan = kind->access_kind == trace::AccessKind::kScan;
    if (!scan && kind->access_kind != trace::AccessKind::kQuery) continue;
    const PageCounts pages = kind->pages;
    const uint64_t more = pages.more_pages;
    if (more == 0 || pages.tokens_followed > 0) continue;
    Severity severity = Severity::kError;
    if (pages.more_unlimited == 0) {
      if (more < given.thresholds().unfollowed_pages || pages.most_limit <= 1) continue;
      if (pages.more_short * 2 >= more) continue;  // limit-before-filter says it better
      if (!scan && (pages.backward_pages > 0 || IsCompletion(*kind))) continue;
      severity = scan ? Severity::kWarning : Severity::kNote;
    }
    const std::string token =
        kind->operation == "ExecuteStatement" ? "NextToken" : "LastEvaluatedKey";
    Finding& finding = findings.emplace_back(Of(
        *kind, kId, severity, "Answers end with " + token + " and nobody asks for the next page."));
    finding.evidence.emplace_back("first pages", Figure(pages.first_pages));
    finding.evidence.emplace_back("of these with more to come", Figure(more));
    finding.evidence.emplace_back("cut at 1 MB", Figure(pages.more_unlimited));
    finding.evidence.emplace_back("next pages asked for", "0");
    finding.evidence.emplace_back("most items of a page", Figure(pages.most_items));
    finding.consequence =
        severity == Severity::kError
            ? "Items behind the first 1 MB are missing from the result without any error: lists "
              "end early, sums are wrong, updates miss items."
            : "Only the first items are ever seen. If all of them are meant, the rest is missing "
              "without any error.";
    finding.advice =
        "Repeat the request with ExclusiveStartKey = " + token +
        " until an answer has none (the SDKs have paginators: paginateQuery, paginateScan). If "
        "only the first items are wanted, order them by the sort key so that these are the right "
        "ones.";
    if (token == "NextToken") {
      finding.advice = "Repeat the statement with NextToken until an answer has none.";
    }
  }
}

}  // namespace

extern const Rule kPageTokenIgnored{kId, Judge};

}  // namespace dynarock::advisor
