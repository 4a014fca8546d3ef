/* lock.h: a lock that is given back however its block is left, for want of memory too (arena.h). For blocks that allocate or call others. */
#pragma once
#include <pthread.h>

#include "base/base.h"

static inline pthread_mutex_t *lock_take(pthread_mutex_t *m) {
	pthread_mutex_lock(m);
	return m;
}
static inline void lock_give(pthread_mutex_t **m) {
	pthread_mutex_unlock(*m);
}
/* From here to the end of the block. */
#define LOCKED(m) CLEANUP(lock_give) UNUSED pthread_mutex_t *locked_ = lock_take(m)
