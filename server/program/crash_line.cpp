#include "server/program/crash_line.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <string_view>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "server/protocol/at_work.h"

namespace dynarock::program {

namespace {

using protocol::AtWork;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif
#else
constexpr bool kSanitized = false;
#endif

struct Fatal {
  int number;
  std::string_view name;
};
constexpr Fatal kFatal[] = {{SIGSEGV, "SIGSEGV"},
                            {SIGBUS, "SIGBUS"},
                            {SIGFPE, "SIGFPE"},
                            {SIGILL, "SIGILL"},
                            {SIGABRT, "SIGABRT"}};

// Text of a fixed size: nothing here may allocate.
class Line {
 public:
  Line& Add(std::string_view text) {
    for (const char c : text) Push(c);
    return *this;
  }
  // What came from elsewhere: a JSON string holds it as it is.
  Line& AddForeign(std::string_view text) {
    for (const char c : text) Push(c < ' ' || c > '~' || c == '"' || c == '\\' ? '?' : c);
    return *this;
  }
  Line& Add(uint64_t number, int base = 10, size_t width = 1) {
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
    const auto length = static_cast<size_t>(end - digits.data());
    for (size_t i = length; i < width; ++i) Push('0');
    return Add({digits.data(), length});
  }
  std::string_view text() const { return {bytes_.data(), size_}; }

 private:
  void Push(char c) {
    if (size_ < bytes_.size()) bytes_[size_++] = c;
  }
  std::array<char, 1500> bytes_;
  size_t size_ = 0;
};

std::atomic<bool> as_json{false};
// What std::terminate was called for. Written before the signal that it raises.
Line uncaught;

// "2026-11-25T13:07:00.123Z"
void AddTime(Line& line) {
  // As the log's lines have it: the machine's time, whatever the server's clock says.
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  const std::chrono::sys_seconds second{std::chrono::seconds(now.tv_sec)};
  const auto day = std::chrono::floor<std::chrono::days>(second);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(second - day);
  const auto part = [&](auto number, size_t width) {
    line.Add(static_cast<uint64_t>(number), 10, width);
  };
  part(static_cast<int>(date.year()), 4);
  line.Add("-");
  part(static_cast<unsigned>(date.month()), 2);
  line.Add("-");
  part(static_cast<unsigned>(date.day()), 2);
  line.Add("T");
  part(time.hours().count(), 2);
  line.Add(":");
  part(time.minutes().count(), 2);
  line.Add(":");
  part(time.seconds().count(), 2);
  line.Add(".");
  part(now.tv_nsec / 1'000'000, 3);
  line.Add("Z");
}

void AddCause(Line& line, int number, const siginfo_t& info) {
  for (const Fatal& fatal : kFatal) {
    if (fatal.number == number) line.Add(fatal.name);
  }
  if (info.si_code > 0) {
    if (number == SIGSEGV || number == SIGBUS) {
      line.Add(" at address 0x").Add(reinterpret_cast<uintptr_t>(info.si_addr), 16);
    }
  } else if (info.si_pid != getpid()) {
    // Processes outside a container have no number in it.
    if (info.si_pid == 0) {
      line.Add(", sent from outside the container,");
    } else {
      line.Add(", sent by process ").Add(static_cast<uint64_t>(info.si_pid)).Add(",");
    }
  }
  if (!uncaught.text().empty()) line.Add(" (").Add(uncaught.text()).Add(")");
}

void AddWork(Line& line) {
  if (const std::string_view work = AtWork::OfThread(); !work.empty()) {
    line.Add(" during ").AddForeign(work);
  } else {
    std::array<char, 17> name{};
    prctl(PR_GET_NAME, name.data());
    line.Add(" during no request (thread ").AddForeign(name.data()).Add(")");
  }
  std::array<std::string_view, 16> others;
  const size_t count = AtWork::OfOthers(others);
  for (size_t i = 0; i < count; ++i) {
    line.Add(i == 0 ? "; also running: " : ", ").AddForeign(others[i]);
  }
}

void WriteLine(int number, const siginfo_t& info) {
  Line line;
  const bool json = as_json.load(std::memory_order_relaxed);
  if (json) {
    line.Add("{\"time\":\"");
    AddTime(line);
    line.Add("\",\"level\":\"critical\",\"message\":\"");
  }
  line.Add("dynarock " DYNAROCK_VERSION " ends: ");
  AddCause(line, number, info);
  AddWork(line);
  line.Add(". Please report this line in the project's issue tracker");
  line.Add(json ? "\"}\n" : "\n");
  std::string_view rest = line.text();
  while (!rest.empty()) {
    const ssize_t written = write(STDERR_FILENO, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    rest.remove_prefix(static_cast<size_t>(written));
  }
}

void OnFatal(int number, siginfo_t* info, void*) {
  static std::atomic_flag taken;
  if (taken.test_and_set()) {
    // Another thread is about to end the process; its line comes first. A second is plenty.
    const timespec second{.tv_sec = 1, .tv_nsec = 0};
    nanosleep(&second, nullptr);
  } else {
    WriteLine(number, *info);
  }
  struct sigaction usual{};
  usual.sa_handler = SIG_DFL;
  for (const Fatal& fatal : kFatal) sigaction(fatal.number, &usual, nullptr);
  // A fault happens again as soon as the handler returns, and its core shows the place.
  if (info->si_code > 0) return;
  sigset_t this_one;
  sigemptyset(&this_one);
  sigaddset(&this_one, number);
  pthread_sigmask(SIG_UNBLOCK, &this_one, nullptr);
  raise(number);
  // The first process of a container does not die of a signal that it sends to itself.
  _exit(128 + number);
}

[[noreturn]] void OnTerminate() {
  uncaught = Line();
  uncaught.Add("nobody caught an exception");
  try {
    if (const std::exception_ptr exception = std::current_exception()) {
      std::rethrow_exception(exception);
    }
  } catch (const std::exception& exception) {
    uncaught.Add(": ").AddForeign(std::string_view(exception.what()).substr(0, 300));
  } catch (...) {
  }
  std::abort();
}

// A stack for the handler, since the thread's own may be what has run out.
class HandlerStack {
 public:
  HandlerStack() {
    void* const memory =
        mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return;
    stack_ = {.ss_sp = memory, .ss_flags = 0, .ss_size = kSize};
    sigaltstack(&stack_, nullptr);
  }
  ~HandlerStack() {
    if (stack_.ss_sp == nullptr) return;
    stack_t none{};
    none.ss_flags = SS_DISABLE;
    sigaltstack(&none, nullptr);
    munmap(stack_.ss_sp, kSize);
  }
  HandlerStack(const HandlerStack&) = delete;
  HandlerStack& operator=(const HandlerStack&) = delete;

 private:
  static constexpr size_t kSize = 64 * 1024;
  stack_t stack_{};
};

void GiveStack() {
  static thread_local HandlerStack stack;
}

}  // namespace

void InstallCrashLine(bool json) {
  if (kSanitized) return;
  as_json.store(json, std::memory_order_relaxed);
  GiveStack();
  AtWork::OnFirst(&GiveStack);
  std::set_terminate(&OnTerminate);
  struct sigaction action{};
  action.sa_sigaction = &OnFatal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (const Fatal& fatal : kFatal) sigaddset(&action.sa_mask, fatal.number);
  for (const Fatal& fatal : kFatal) sigaction(fatal.number, &action, nullptr);
}

bool HasCrashLine() {
  return !kSanitized;
}

}  // namespace dynarock::program
