/* The ceiling of durable creates: single-row commits a second, each fsynced, with nothing around
   them. usage: commits FILE SECONDS — the file is made anew and must be on the same file system. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void check(int code, sqlite3 *database) {
  if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
  fprintf(stderr, "commits: %s\n", sqlite3_errmsg(database));
  exit(1);
}

int main(int count, char **words) {
  if (count != 3) return 2;
  sqlite3 *database;
  check(sqlite3_open(words[1], &database), database);
  check(sqlite3_exec(database,
                     "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                     "CREATE TABLE entry (id INTEGER PRIMARY KEY, body TEXT NOT NULL);",
                     0, 0, 0),
        database);
  sqlite3_stmt *insert;
  check(sqlite3_prepare_v2(database, "INSERT INTO entry (body) VALUES (?)", -1, &insert, 0),
        database);
  char body[200];
  memset(body, 'x', sizeof body);
  double start = now(), end = start + atof(words[2]);
  long done = 0;
  while (now() < end) {
    check(sqlite3_bind_text(insert, 1, body, sizeof body, SQLITE_STATIC), database);
    check(sqlite3_step(insert), database);
    check(sqlite3_reset(insert), database);
    done++;
  }
  printf("%.1f\n", done / (now() - start));
  sqlite3_finalize(insert);
  sqlite3_close(database);
  return 0;
}
