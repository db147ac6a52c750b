#include <spawn.h>

/* Of glibc since 2.34; its own header shows it only to programs that ask for GNU's additions. */
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);
