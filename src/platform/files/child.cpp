#include "platform/files/child.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace mandate::files {
namespace {

// Between fork and exec only what is safe in a process of many threads: plain system calls.
[[noreturn]] void become(char* const* arguments, const ChildLimits& limits, int out) {
  const auto limit = [](auto what, rlim_t most) {
    const rlimit value{most, most};
    ::setrlimit(what, &value);
  };
#ifndef __SANITIZE_ADDRESS__  // whose shadow alone takes terabytes of address space
  limit(RLIMIT_AS, limits.memory_bytes);
#endif
  limit(RLIMIT_CPU, static_cast<rlim_t>(limits.cpu_seconds));
  limit(RLIMIT_FSIZE, limits.file_bytes);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NOFILE, 64);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::setpgid(0, 0);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const int nothing = ::open("/dev/null", O_RDWR);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(nothing, STDERR_FILENO);
  static char path[] = "PATH=/usr/bin:/bin";
  static char locale[] = "LC_ALL=C.UTF-8";
  char* const environment[] = {path, locale, nullptr};
  ::execve(arguments[0], arguments, environment);
  ::_exit(127);
}

}  // namespace

ChildEnd run_child(const std::vector<std::string>& arguments, const ChildLimits& limits, const std::function<bool(std::string_view)>& take) {
  ChildEnd end;
  std::vector<char*> pointers;
  for (const auto& one : arguments) pointers.push_back(const_cast<char*>(one.c_str()));
  pointers.push_back(nullptr);
  int pipes[2];
  if (::pipe2(pipes, O_CLOEXEC) != 0) return end;
  const pid_t child = ::fork();
  if (child < 0) {
    ::close(pipes[0]);
    ::close(pipes[1]);
    return end;
  }
  if (child == 0) become(pointers.data(), limits, pipes[1]);
  ::close(pipes[1]);
  ::setpgid(child, child);
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(limits.wall_seconds);
  char piece[16 * 1024];
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
    if (left <= 0) {
      end.timed_out = true;
      break;
    }
    pollfd wait{pipes[0], POLLIN, 0};
    const int ready = ::poll(&wait, 1, static_cast<int>(left));
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0) continue;
    const auto n = ::read(pipes[0], piece, sizeof piece);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    if (take && !take(std::string_view(piece, static_cast<std::size_t>(n)))) {
      end.stopped = true;
      break;
    }
  }
  ::close(pipes[0]);
  // Its standard output is closed: it ends now, or, when it was told to stop, by force with all that it started.
  int status = 0;
  pid_t ended = 0;
  while (!end.timed_out && !end.stopped && (ended = ::waitpid(child, &status, WNOHANG)) == 0) {
    if (std::chrono::steady_clock::now() > until) {
      end.timed_out = true;
      break;
    }
    ::usleep(500);
  }
  if (ended != child) {
    ::kill(-child, SIGKILL);
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
  }
  end.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  end.started = end.exit_code != 127;
  return end;
}

}  // namespace mandate::files
