package io.github.adkmigration.autoconfigure;

import java.util.function.Consumer;
import java.util.function.Function;

import io.github.adkmigration.autoconfigure.status.SchemaGate;
import io.github.adkmigration.autoconfigure.status.SchemaGate.Waiting;
import io.github.adkmigration.autoconfigure.status.SchemaStatusCache;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Closes the gate and brings in whoever opens it again. Nothing of that is a bean: most
 * applications never wait, and none of its classes is loaded in those.
 */
final class SchemaGateCloser implements Consumer<Waiting> {

	private final SchemaGate gate;

	private final ConfigurableApplicationContext context;

	private final Function<Waiting, SchemaGateWatch> watches;

	private final ObjectProvider<SchemaStatusCache> cache;

	/**
	 * Create it.
	 * @param gate the gate
	 * @param context the application, which is being refreshed
	 * @param watches makes what looks at the tables
	 * @param cache where the last look is kept
	 */
	SchemaGateCloser(SchemaGate gate, ConfigurableApplicationContext context,
			Function<Waiting, SchemaGateWatch> watches, ObjectProvider<SchemaStatusCache> cache) {
		this.gate = gate;
		this.context = context;
		this.watches = watches;
		this.cache = cache;
	}

	@Override
	public void accept(Waiting waiting) {
		if (this.gate.waiting().isPresent()) {
			// Whoever watches for the first of several targets watches for all of them.
			return;
		}
		this.gate.close(waiting);
		GatedReadiness readiness = new GatedReadiness(this.gate, this.context);
		this.context.getBeanFactory().registerSingleton(GatedReadiness.BEAN_NAME, readiness);
		this.context.addApplicationListener(readiness);
		this.context
			.addApplicationListener(new SchemaGateOpener(this.context, this.watches.apply(waiting), (status) -> {
				// Before the gate: whoever finds it open must not read an older look.
				this.cache.getObject().keep(status);
				readiness.open();
			}, new ApplicationEnd(this.context, System::exit)));
	}

}
