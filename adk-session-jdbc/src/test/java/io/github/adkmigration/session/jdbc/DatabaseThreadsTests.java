package io.github.adkmigration.session.jdbc;

import java.lang.reflect.Method;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseThreadsTests {

	private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

	@Test
	void threadsAreVirtualWhereTheJdkHasThem() throws ReflectiveOperationException {
		Thread used = Single.fromCallable(Thread::currentThread).subscribeOn(DatabaseThreads.scheduler()).blockingGet();
		assertThat(used).isNotSameAs(Thread.currentThread());
		if (Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS) {
			Method isVirtual = Thread.class.getMethod("isVirtual");
			assertThat(isVirtual.invoke(used)).isEqualTo(true);
		}
		else {
			assertThat(DatabaseThreads.scheduler()).isSameAs(Schedulers.io());
		}
	}

}
