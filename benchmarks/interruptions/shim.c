/* Loaded before libc (LD_PRELOAD): counts what all processes of a run do to files below PLUG_ROOT (open for writing,
 * write, fsync, rename, link, unlink, mkdir), and strikes from the PLUG_AT-th on: with PLUG_ERRNO the call fails (once,
 * or with PLUG_STAYS every one from there), without it the process is killed, as all others are at their next one.
 * PLUG_COUNTER is a file of 8 bytes that the processes share; PLUG_LOG hears what was struck. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static long *count, at;
static int number, stays;
static const char *root, *log_path;

#define REAL(result, name, ...)                                  \
    static result (*real)(__VA_ARGS__);                          \
    if (!real) real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static int plain_open(const char *path, int flags) {
    REAL(int, "open64", const char *, int, ...);
    return real(path, flags, 0600);
}

__attribute__((constructor)) static void begin(void) {
    const char *counter = getenv("PLUG_COUNTER");
    if (!counter || !(root = getenv("PLUG_ROOT"))) return;
    at = atol(getenv("PLUG_AT") ?: "0");
    number = atoi(getenv("PLUG_ERRNO") ?: "0");
    stays = getenv("PLUG_STAYS") != NULL;
    log_path = getenv("PLUG_LOG");
    int file = plain_open(counter, O_RDWR);
    void *shared = mmap(NULL, sizeof(long), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (shared != MAP_FAILED) count = shared;
}

static void note(const char *what, const char *path) {
    REAL(ssize_t, "write", int, const void *, size_t);
    char line[PATH_MAX + 40];
    int file = plain_open(log_path, O_WRONLY | O_CREAT | O_APPEND);
    int length = snprintf(line, sizeof line, "%s %s\n", what, path);
    if (real(file, line, length) < 0) abort();
    close(file);
}

/* Whether this call is to fail; errno is set then. */
static int struck(const char *what, const char *path) {
    if (!count || !path || strncmp(path, root, strlen(root))) return 0;
    long now = __atomic_add_fetch(count, 1, __ATOMIC_SEQ_CST);
    if (!at || now < at || (number && !stays && now > at)) return 0;
    if (now == at) note(what, path);
    if (!number) raise(SIGKILL);
    if (number == ENOSPC && !strcmp(what, "unlink")) return 0; /* a full disk lets files go */
    errno = number;
    return 1;
}

static int descriptor_struck(const char *what, int descriptor) {
    char link[64], path[PATH_MAX];
    if (!count) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return struck(what, path);
}

static int below_struck(const char *what, int folder, const char *name) {
    char link[64], path[PATH_MAX];
    if (!count || !name || name[0] == '/') return struck(what, name);
    snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    snprintf(path + length, sizeof path - length, "/%s", name);
    return struck(what, path);
}

#define MODE(flags, mode)                 \
    int mode = 0;                         \
    if ((flags) & O_CREAT) {              \
        va_list more;                     \
        va_start(more, flags);            \
        mode = va_arg(more, int);         \
        va_end(more);                     \
    }
#define OPEN(function)                                                                                       \
    int function(const char *path, int flags, ...) {                                                         \
        MODE(flags, mode)                                                                                    \
        if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) && below_struck("open", AT_FDCWD, path)) return -1;      \
        REAL(int, #function, const char *, int, ...);                                                        \
        return real(path, flags, mode);                                                                      \
    }
#define OPENAT(function)                                                                                     \
    int function(int folder, const char *path, int flags, ...) {                                             \
        MODE(flags, mode)                                                                                    \
        if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) && below_struck("open", folder, path)) return -1;        \
        REAL(int, #function, int, const char *, int, ...);                                                   \
        return real(folder, path, flags, mode);                                                              \
    }
#define ONE(function, result, fails, types, ...)                    \
    result function types {                                              \
        if (fails) return -1;                                            \
        REAL(result, #function, __VA_ARGS__);
#define END(...)                 \
        return real(__VA_ARGS__); \
    }

OPEN(open) OPEN(open64) OPENAT(openat) OPENAT(openat64)

ONE(write, ssize_t, descriptor_struck("write", f), (int f, const void *b, size_t n), int, const void *, size_t)
END(f, b, n)
ONE(writev, ssize_t, descriptor_struck("write", f), (int f, const struct iovec *v, int n), int, const struct iovec *, int)
END(f, v, n)
ONE(fsync, int, descriptor_struck("fsync", f), (int f), int)
END(f)
ONE(rename, int, below_struck("rename", AT_FDCWD, b), (const char *a, const char *b), const char *, const char *)
END(a, b)
ONE(renameat, int, below_struck("rename", d, b), (int c, const char *a, int d, const char *b), int, const char *, int, const char *)
END(c, a, d, b)
ONE(link, int, below_struck("link", AT_FDCWD, b), (const char *a, const char *b), const char *, const char *)
END(a, b)
ONE(linkat, int, below_struck("link", d, b), (int c, const char *a, int d, const char *b, int f), int, const char *, int, const char *, int)
END(c, a, d, b, f)
ONE(unlink, int, below_struck("unlink", AT_FDCWD, a), (const char *a), const char *)
END(a)
ONE(unlinkat, int, below_struck("unlink", d, a), (int d, const char *a, int f), int, const char *, int)
END(d, a, f)
ONE(rmdir, int, below_struck("unlink", AT_FDCWD, a), (const char *a), const char *)
END(a)
ONE(mkdir, int, below_struck("mkdir", AT_FDCWD, a), (const char *a, mode_t m), const char *, mode_t)
END(a, m)
