#include "server/http/request_head.h"

#include "server/http/field_value.h"

namespace dynarock::http {

void RequestHead::Clear() {
  // An idle connection should not hold on to the memory of one unusual request.
  constexpr std::size_t kKept = 8192;
  if (text_.capacity() > kKept) {
    std::string().swap(text_);
    std::vector<Field>().swap(fields_);
  }
  text_.clear();
  fields_.clear();
  method_ = target_ = Span{};
}

void RequestHead::SetLine(std::string_view method, std::string_view target) {
  method_ = Append(method);
  target_ = Append(target);
}

void RequestHead::Add(std::string_view name, std::string_view value) {
  const Span name_span = Append(name);
  fields_.push_back({name_span, Append(Trimmed(value))});
}

std::optional<std::string_view> RequestHead::Find(std::string_view name) const {
  for (const Field& field : fields_) {
    if (field.name.size == name.size() && EqualsIgnoringCase(View(field.name), name)) {
      return View(field.value);
    }
  }
  return std::nullopt;
}

std::vector<std::string_view> RequestHead::FindAll(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const Field& field : fields_) {
    if (EqualsIgnoringCase(View(field.name), name)) values.push_back(View(field.value));
  }
  return values;
}

RequestHead::Span RequestHead::Append(std::string_view text) {
  const Span span{static_cast<std::uint32_t>(text_.size()),
                  static_cast<std::uint32_t>(text.size())};
  text_.append(text);
  return span;
}

}  // namespace dynarock::http
