// The servers under measurement as processes: starting, stopping, CPU time, memory.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

namespace dynarock::bench {

// A program started here; ends with the object.
class ChildProcess {
 public:
  // `arguments` without the program's name. What it prints goes nowhere, errors to our stderr.
  // Throws std::runtime_error when it cannot be started.
  ChildProcess(const std::string& program, const std::vector<std::string>& arguments);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const { return pid_; }

 private:
  pid_t pid_;
};

// CPU time in microseconds, user and system, that the process and its living descendants have used.
double CpuMicroseconds(pid_t pid);

// Resident memory of the process alone, in MiB.
double ResidentMiB(pid_t pid);

// The process that listens on the TCP port on this machine; 0 when it cannot be found.
pid_t FindListener(std::uint16_t port);

// A port that nobody uses at the moment.
std::uint16_t FreePort();

}  // namespace dynarock::bench
