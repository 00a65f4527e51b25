#include "tests/bench/process.h"

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

namespace dynarock::bench {
namespace {

std::vector<std::string> Entries(const std::string& directory) {
  std::vector<std::string> names;
  DIR* const open = opendir(directory.c_str());
  if (open == nullptr) return names;
  while (const dirent* entry = readdir(open)) {
    if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
  }
  closedir(open);
  return names;
}

std::string Slurp(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// In nanosecond steps, and with what threads used that have ended.
double OwnCpu(pid_t pid) {
  clockid_t clock;
  timespec time{};
  if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0) return 0;
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

std::vector<pid_t> AllProcesses() {
  std::vector<pid_t> all;
  for (const std::string& name : Entries("/proc")) {
    if (name.find_first_not_of("0123456789") == std::string::npos) all.push_back(std::stoi(name));
  }
  return all;
}

}  // namespace

ChildProcess::ChildProcess(const std::string& program, const std::vector<std::string>& arguments) {
  std::vector<char*> argv{const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  const int failure = posix_spawn(&pid_, program.c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) {
    throw std::runtime_error("cannot start " + program + ": " + std::strerror(failure));
  }
}

ChildProcess::~ChildProcess() {
  kill(pid_, SIGTERM);
  for (int i = 0; i < 300; ++i) {
    if (waitpid(pid_, nullptr, WNOHANG) != 0) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

double CpuMicroseconds(pid_t pid) {
  if (pid == 0) return 0;
  double sum = OwnCpu(pid);
  const std::string tasks = "/proc/" + std::to_string(pid) + "/task";
  for (const std::string& task : Entries(tasks)) {
    std::istringstream children(Slurp(tasks + "/" + task + "/children"));
    for (pid_t child; children >> child;) sum += CpuMicroseconds(child);
  }
  return sum;
}

double ResidentMiB(pid_t pid) {
  std::istringstream text(Slurp("/proc/" + std::to_string(pid) + "/statm"));
  double total = 0, resident = 0;
  text >> total >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

pid_t FindListener(std::uint16_t port) {
  std::set<std::string> sockets;
  for (const char* table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
    std::ifstream file(table);
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
      std::istringstream words(line);
      std::string slot, local, remote, state, skipped, inode;
      words >> slot >> local >> remote >> state;
      for (int i = 0; i < 5; ++i) words >> skipped;
      words >> inode;
      const std::size_t colon = local.rfind(':');
      constexpr char kListening[] = "0A";
      if (colon != std::string::npos && state == kListening &&
          std::strtoul(local.c_str() + colon + 1, nullptr, 16) == port) {
        sockets.insert("socket:[" + inode + "]");
      }
    }
  }
  for (const pid_t pid : AllProcesses()) {
    const std::string files = "/proc/" + std::to_string(pid) + "/fd";
    for (const std::string& file : Entries(files)) {
      char target[64];
      const ssize_t size = readlink((files + "/" + file).c_str(), target, sizeof target);
      if (size > 0 && sockets.contains(std::string(target, static_cast<std::size_t>(size)))) {
        return pid;
      }
    }
  }
  return 0;
}

std::uint16_t FreePort() {
  const int probe = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const bool bound = bind(probe, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  close(probe);
  if (!bound) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

}  // namespace dynarock::bench
