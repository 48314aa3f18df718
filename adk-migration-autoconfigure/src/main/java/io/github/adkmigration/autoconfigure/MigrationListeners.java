package io.github.adkmigration.autoconfigure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.adkmigration.report.ForwardingListener;
import io.github.adkmigration.report.MigrationListener;
import io.github.adkmigration.report.RunEnd;
import io.github.adkmigration.report.TableSizes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.StringUtils;

/**
 * Tells every listener of the application, and after them whoever listens to its events,
 * what a run is at. They are made when there is something to tell, each on its own: one
 * that cannot be made, because it needs a bean that itself waits for the migration, or
 * that fails is left alone until the run ends and disturbs no other. Safe for use by
 * several threads.
 */
final class MigrationListeners {

	private static final Logger logger = LoggerFactory.getLogger(MigrationListeners.class);

	/** Stands in no application as the name of a bean. */
	private static final String EVENTS = "(application events)";

	private final ApplicationContext context;

	private final MigrationListener events;

	private final boolean job;

	private final Set<String> silenced = ConcurrentHashMap.newKeySet();

	MigrationListeners(ApplicationContext context) {
		this.context = context;
		this.events = new MigrationEventPublisher(context);
		this.job = StringUtils.hasText(context.getEnvironment().getProperty("adk.migration.job"));
	}

	/**
	 * Return one listener that stands for all.
	 * @return the listener; {@link MigrationListener#NONE} in a job, which makes no bean
	 * that it does not need
	 */
	MigrationListener all() {
		return this.job ? MigrationListener.NONE : new All();
	}

	private String[] names() {
		return this.context.getBeanNamesForType(MigrationListener.class, true, false);
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
					listeners.add(new Named(name, this.context.getBean(name, MigrationListener.class)));
				}
				catch (RuntimeException ex) {
					silence(name, "could not be made at this time", ex);
				}
			}
		}
		if (listeners.size() > 1) {
			listeners.sort(Comparator.comparingInt(this::order));
		}
		if (!this.silenced.contains(EVENTS)) {
			listeners.add(new Named(EVENTS, this.events));
		}
		return listeners;
	}

	private int order(Named named) {
		if (named.listener() instanceof Ordered ordered) {
			return ordered.getOrder();
		}
		// Also finds it on the method that makes the bean, which the bean itself does not
		// know.
		Order order = this.context.findAnnotationOnBean(named.name(), Order.class);
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

	private final class All extends ForwardingListener {

		@Override
		protected void tell(Consumer<MigrationListener> call) {
			MigrationListeners.this.tell(call);
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
		public void ended(RunEnd end) {
			super.ended(end);
			MigrationListeners.this.silenced.clear();
		}

	}

}
