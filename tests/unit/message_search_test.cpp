// Holds the code to causes: what happened is read from Error::cause and its facts, never from the
// text of a message, whoever wrote it.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace dynarock {
namespace {

namespace fs = std::filesystem;

// What searches or cuts a text.
const std::string kSearch =
    R"(\s*\.\s*(?:find\w*|rfind|starts_with|ends_with|contains|substr|compare)\s*\()";

std::vector<std::string> Matches(const std::string& text, const std::regex& pattern) {
  std::vector<std::string> found;
  for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it) {
    found.push_back(it->str());
  }
  return found;
}

// The places in a source where the text of a message is searched or compared: in the message
// itself, or in a variable that was made of one.
std::vector<std::string> Searches(const std::string& source) {
  static const std::regex comment(R"(//[^\n]*)");
  static const std::regex searched(R"(\bmessage(?:\(\))?\s*\)?)" + kSearch);
  static const std::regex compared(R"(\bmessage(?:\(\))?\s*[=!]=)");
  static const std::regex compared_with(R"([=!]=\s*[\w.>()*-]*\bmessage\b(?!\s*(?:\.|->|\()))");
  static const std::regex copied(
      R"((?:auto|std::string|std::string_view)\s*&?\s*(\w+)\s*[=({][^;{}\n]*\n?[^;{}\n]*(?:\.|->)message\b\s*\)*\}*;)");
  const std::string text = std::regex_replace(source, comment, "");
  std::vector<std::string> found;
  for (const std::regex* pattern : {&searched, &compared, &compared_with}) {
    for (std::string& match : Matches(text, *pattern)) found.push_back(std::move(match));
  }
  for (std::sregex_iterator it(text.begin(), text.end(), copied), end; it != end; ++it) {
    const std::string name = "\\b" + (*it)[1].str();
    for (std::string& match : Matches(text, std::regex(name + kSearch))) {
      found.push_back(std::move(match));
    }
  }
  return found;
}

TEST(MessageSearchTest, NobodyReadsAMessage) {
  const fs::path root = DYNAROCK_SOURCE_DIR;
  int files = 0;
  for (const char* top : {"storage", "expression", "server"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const std::string extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      ++files;
      std::ifstream in(entry.path());
      const std::string source{std::istreambuf_iterator<char>(in), {}};
      for (const std::string& match : Searches(source)) {
        ADD_FAILURE() << fs::relative(entry.path(), root).string() << ": " << match
                      << "\ngive the error a cause (storage/item/cause.h) and decide by it";
      }
    }
  }
  EXPECT_GT(files, 20) << "the source was not found under " << root;
}

TEST(MessageSearchTest, EachWayOfSearchingIsSeen) {
  const std::vector<std::string> searches = {
      R"(if (message.find("Syntax error") != message.npos) return;)",
      R"(return error.message.starts_with("Invalid");)",
      R"(return result.error().message.contains("x");)",
      R"(entry->message.rfind(" for key"))",
      "error.message\n    .ends_with(suffix)",
      R"(std::string_view(message).substr(prefix.size()))",
      R"(if (error.message == kNesting) return;)",
      R"(if (kNesting != fault.error.message) return;)",
      R"(const std::string& text = fault.error.message; return text.find("x") != text.npos;)",
      R"(std::string_view said(error->message); return said.starts_with("x");)",
      R"(const auto copy = error.message; use(copy.compare("x"));)",
  };
  for (const std::string& source : searches) EXPECT_FALSE(Searches(source).empty()) << source;
  const std::vector<std::string> others = {
      R"(// message.find("x") was how it was done)",
      R"(return message.id == "duplicate-name";)",
      R"(if (message.severity == Severity::kError) return;)",
      R"(return ec.message();)",
      R"(text.find("x"); line.append(error.message);)",
      R"(out.Member("message", error->message);)",
      R"(const std::string text = reading.path; return text.find("x");)",
  };
  for (const std::string& source : others) EXPECT_TRUE(Searches(source).empty()) << source;
}

}  // namespace
}  // namespace dynarock
