#include "server/http/field_value.h"

namespace dynarock::http {

std::string_view NextElement(std::string_view& list, char separator) {
  const std::size_t end = list.find(separator);
  const std::string_view element = Trimmed(list.substr(0, end));
  list = end == std::string_view::npos ? std::string_view{} : list.substr(end + 1);
  return element;
}

}  // namespace dynarock::http
