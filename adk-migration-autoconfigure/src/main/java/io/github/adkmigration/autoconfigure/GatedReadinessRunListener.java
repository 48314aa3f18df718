package io.github.adkmigration.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Speaks after Spring Boot's own listener, which says that the application accepts
 * traffic. A listener to that event could not: it might be called before others that are
 * then told the opposite.
 */
class GatedReadinessRunListener implements SpringApplicationRunListener {

	@Override
	public void ready(ConfigurableApplicationContext context, @Nullable Duration timeTaken) {
		if (context.getBeanFactory().getSingleton(GatedReadiness.BEAN_NAME) instanceof GatedReadiness readiness) {
			readiness.refuse();
		}
	}

}
