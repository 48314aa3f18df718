package io.github.adkmigration.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.Progress;
import io.github.adkmigration.report.RunEnd;
import io.github.adkmigration.report.RunStart;
import io.github.adkmigration.report.StepReport;
import io.github.adkmigration.report.TableSizes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Tells every listener of the application what a run is at. They are made when there is
 * something to tell, each on its own: one that cannot be made, because it needs a bean
 * that itself waits for the migration, or that fails is left alone until the run ends and
 * disturbs no other. Safe for use by several threads.
 */
final class MigrationListeners {

	private static final Logger logger = LoggerFactory.getLogger(MigrationListeners.class);

	private final ListableBeanFactory beanFactory;

	private final boolean job;

	private final Set<String> silenced = ConcurrentHashMap.newKeySet();

	MigrationListeners(ListableBeanFactory beanFactory, Environment environment) {
		this.beanFactory = beanFactory;
		this.job = StringUtils.hasText(environment.getProperty("adk.migration.job"));
	}

	/**
	 * Return one listener that stands for all.
	 * @return the listener; {@link MigrationListener#NONE} in a job, which makes no bean
	 * that it does not need, and where there is no bean to tell
	 */
	MigrationListener all() {
		return (this.job || names().length == 0) ? MigrationListener.NONE : new All();
	}

	private String[] names() {
		return this.beanFactory.getBeanNamesForType(MigrationListener.class, true, false);
	}

	private void tell(Consumer<MigrationListener> call) {
		for (Named named : listeners()) {
			try {
				call.accept(named.listener());
			}
			catch (RuntimeException ex) {
				silence(named.name(), "failed", ex);
			}
		}
	}

	private List<Named> listeners() {
		List<Named> listeners = new ArrayList<>();
		for (String name : names()) {
			if (!this.silenced.contains(name)) {
				try {
					listeners.add(new Named(name, this.beanFactory.getBean(name, MigrationListener.class)));
				}
				catch (RuntimeException ex) {
					silence(name, "could not be made at this time", ex);
				}
			}
		}
		if (listeners.size() > 1) {
			listeners.sort(Comparator.comparingInt(this::order));
		}
		return listeners;
	}

	private int order(Named named) {
		if (named.listener() instanceof Ordered ordered) {
			return ordered.getOrder();
		}
		// Also finds it on the method that makes the bean, which the bean itself does not
		// know.
		Order order = this.beanFactory.findAnnotationOnBean(named.name(), Order.class);
		return (order != null) ? order.value() : Ordered.LOWEST_PRECEDENCE;
	}

	private void silence(String name, String why, RuntimeException ex) {
		this.silenced.add(name);
		logger.warn("The migration listener {} {} and is told nothing more of this run", name, why, ex);
	}

	/**
	 * A listener.
	 *
	 * @param name the name of its bean
	 * @param listener the bean
	 */
	private record Named(String name, MigrationListener listener) {
	}

	private final class All implements MigrationListener {

		@Override
		public void locked(String description, Duration waited) {
			tell((listener) -> listener.locked(description, waited));
		}

		@Override
		public void started(RunStart start) {
			tell((listener) -> listener.started(start));
		}

		@Override
		public boolean measures() {
			AtomicBoolean measures = new AtomicBoolean();
			tell((listener) -> measures.compareAndSet(false, listener.measures()));
			return measures.get();
		}

		@Override
		public void measured(TableSizes sizes) {
			tell((listener) -> {
				if (listener.measures()) {
					listener.measured(sizes);
				}
			});
		}

		@Override
		public void begins(String step, String description) {
			tell((listener) -> listener.begins(step, description));
		}

		@Override
		public void progress(Progress progress) {
			tell((listener) -> listener.progress(progress));
		}

		@Override
		public void ends(StepReport step) {
			tell((listener) -> listener.ends(step));
		}

		@Override
		public void ended(RunEnd end) {
			tell((listener) -> listener.ended(end));
			MigrationListeners.this.silenced.clear();
		}

	}

}
