// To be loaded before a program's libraries: its first flock(2) comes a while later, so that
// another process can do something between its opening of a file and its locking.
#include <sys/syscall.h>
#include <unistd.h>

extern "C" int flock(int file, int operation) {
  static bool first = true;
  constexpr unsigned kMicroseconds = 700'000;
  if (first) usleep(kMicroseconds);
  first = false;
  return static_cast<int>(syscall(SYS_flock, file, operation));
}
