package io.github.adkmigration.session.jdbc;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;

/**
 * The threads on which services wait for the database unless they are told otherwise: a
 * virtual thread for each call where the JDK has them (21 and newer), else RxJava's
 * {@link Schedulers#io()}.
 */
final class DatabaseThreads {

	private DatabaseThreads() {
	}

	/** RxJava starts threads as soon as it is asked for its schedulers, so not before. */
	static Scheduler scheduler() {
		return Holder.SCHEDULER;
	}

	private static Scheduler create() {
		MethodHandle virtual;
		try {
			virtual = MethodHandles.publicLookup()
				.findStatic(Executors.class, "newVirtualThreadPerTaskExecutor",
						MethodType.methodType(ExecutorService.class));
		}
		catch (NoSuchMethodException | IllegalAccessException ex) {
			return Schedulers.io();
		}
		try {
			return Schedulers.from((ExecutorService) virtual.invokeExact());
		}
		catch (Throwable ex) {
			throw new IllegalStateException("The JDK has virtual threads and gives none.", ex);
		}
	}

	private static final class Holder {

		private static final Scheduler SCHEDULER = create();

	}

}
