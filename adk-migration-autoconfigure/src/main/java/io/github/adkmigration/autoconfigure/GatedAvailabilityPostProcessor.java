package io.github.adkmigration.autoconfigure;

import io.github.adkmigration.autoconfigure.status.SchemaGate;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.availability.ApplicationAvailabilityBean;

/**
 * Puts {@link GatedAvailability} in the place of Spring Boot's bean. One that we
 * published would take the place of an application's own.
 */
class GatedAvailabilityPostProcessor implements BeanPostProcessor {

	private final ObjectProvider<SchemaGate> gate;

	GatedAvailabilityPostProcessor(ObjectProvider<SchemaGate> gate) {
		this.gate = gate;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return (bean.getClass() == ApplicationAvailabilityBean.class) ? new GatedAvailability(this.gate.getObject())
				: bean;
	}

}
