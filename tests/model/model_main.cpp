// Random runs against dynarock and against the reference: see kUsage.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "tests/model/generator.h"
#include "tests/model/run.h"
#include "tests/model/shrink.h"

namespace {

using namespace dynarock::model;

constexpr char kUsage[] =
    "usage: dynarock_model [--seconds N] [--seed N]\n"
    "\n"
    "Does random operations to dynarock and to a plain reference, and compares the two after each\n"
    "step. Ends with status 1 at the first disagreement, and prints the fewest steps that show it.\n"
    "  --seconds N  how long to go on (20)\n"
    "  --seed N     where to begin (1); each run has a seed of its own, the next one's is one more\n";

constexpr size_t kSteps = 200;

bool ReadNumber(std::string_view text, uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

// Where runs on disk keep their data, for the life of the process.
class Scratch {
 public:
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "dynarock-model-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a directory");
    path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string path() const { return path_ + "/data"; }

 private:
  std::string path_;
};

void Explain(const Setup& setup, const std::vector<Step>& steps, const std::string& directory,
             const Disagreement& first) {
  std::printf("seed %llu disagrees at step %zu: %s\n", static_cast<unsigned long long>(setup.seed),
              first.step + 1, first.what.c_str());
  std::fflush(stdout);
  Counts ignored;
  const auto fails = [&](const std::vector<Step>& candidate) {
    return Run(setup, candidate, directory, ignored).has_value();
  };
  std::vector<Step> head(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                            first.step + 1, steps.size())));
  const std::vector<Step> fewest = Shrink(fails(head) ? head : steps, fails);
  std::printf("\nthe fewest steps that show it (%s):\nCreateTable %s\n",
              directory.empty() ? "in memory" : "on disk", CreateTableJson(setup).c_str());
  for (const Step& step : fewest) std::printf("%s\n", Show(step).c_str());
  if (const auto last = Run(setup, fewest, directory, ignored)) {
    std::printf("then: %s\n", last->what.c_str());
  }
}

int Main(uint64_t seconds, uint64_t seed) {
  const Scratch scratch;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  Counts counts;
  size_t runs = 0;
  for (; runs == 0 || std::chrono::steady_clock::now() < end; ++seed, ++runs) {
    Generator generator(seed);
    const Setup setup = generator.NewSetup(seed);
    const std::vector<Step> steps = generator.NewSteps(setup, kSteps);
    const std::string directory = setup.on_disk ? scratch.path() : std::string();
    if (const auto found = Run(setup, steps, directory, counts)) {
      Explain(setup, steps, directory, *found);
      return 1;
    }
  }
  std::printf(
      "%zu runs, %zu steps, %zu requests, %zu restarts, %zu stream records, "
      "0 disagreements\n",
      runs, counts.steps, counts.requests, counts.restarts, counts.records);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  uint64_t seconds = 20;
  uint64_t seed = 1;
  for (int i = 1; i < argc; i += 2) {
    const std::string_view name = argv[i];
    const bool known = name == "--seconds" || name == "--seed";
    if (!known || i + 1 == argc || !ReadNumber(argv[i + 1], name == "--seed" ? seed : seconds)) {
      std::fputs(kUsage, stderr);
      return 2;
    }
  }
  try {
    return Main(seconds, seed);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "dynarock_model: %s\n", error.what());
    return 2;
  }
}
