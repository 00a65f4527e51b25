// The last line of a program that a fatal signal ends.
#pragma once

namespace dynarock::program {

// From now on SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT and std::terminate write one line to stderr:
// the version, the signal, what its thread and the others were at work on (AtWork), and where to
// report it. Then the signal takes its usual course, exit status and core included. Threads that do
// work say so even when they have used up their stack. `json`: the line is an object like those of
// the log (log.h). May be called again, to change that.
//
// Does nothing in a build with sanitizers, which have handlers of their own.
void InstallCrashLine(bool json);

// Whether this build has it.
bool HasCrashLine();

}  // namespace dynarock::program
