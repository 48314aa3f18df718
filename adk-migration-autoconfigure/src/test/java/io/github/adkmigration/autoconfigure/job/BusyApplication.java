package io.github.adkmigration.autoconfigure.job;

import javax.sql.DataSource;

import io.github.adkmigration.autoconfigure.AdkSessionDataSource;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.core.Ordered;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * An application of which each bean tells when it is made, and the reactive web server of
 * which listens. Its sessions are in a data source of its own making.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ BusyApplication.Chats.class, BusyApplication.Orders.class, BusyApplication.Component.class,
		BusyApplication.Runner.class, BusyApplication.Lifecycle.class, BusyApplication.Listener.class,
		BusyApplication.Definitions.class, BusyApplication.Factory.class, BusyApplication.Processor.class,
		BusyApplication.OrderedDefinitions.class })
public class BusyApplication extends Told {

	/** Begins the line that a bean prints. */
	static final String MADE = "made ";

	/**
	 * Start it as any application is started.
	 * @param arguments its properties
	 */
	public static void main(String[] arguments) {
		SpringApplication.run(BusyApplication.class, arguments);
	}

	@Bean
	StaticMessageSource messageSource() {
		return tell("messages", new StaticMessageSource());
	}

	@EventListener(ApplicationStartedEvent.class)
	void started() {
		tell("started event", this);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(ChatProperties.class)
	static class Chats extends Told {

		@Bean
		@AdkSessionDataSource
		DataSource chatDataSource(ChatProperties properties) {
			return tell("chats", new DriverManagerDataSource(properties.url()));
		}

	}

	@ConfigurationProperties("chats")
	record ChatProperties(String url) {
	}

	@Configuration(proxyBeanMethods = false)
	static class Orders extends Told {

		@Bean
		DataSource orderDataSource() {
			return tell("orders", new DriverManagerDataSource("jdbc:sqlite::memory:"));
		}

	}

	static class Component extends Told {

	}

	static class Runner extends Told implements CommandLineRunner, ApplicationRunner {

		@Override
		public void run(String... arguments) {
			tell("run", this);
		}

		@Override
		public void run(ApplicationArguments arguments) {
			tell("run", this);
		}

	}

	static class Lifecycle extends Told implements SmartLifecycle {

		@Override
		public void start() {
			tell("start", this);
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isRunning() {
			return false;
		}

	}

	static class Listener extends Told implements ApplicationListener<ContextRefreshedEvent> {

		@Override
		public void onApplicationEvent(ContextRefreshedEvent event) {
			tell("refreshed event", this);
		}

	}

	static class Definitions extends Told implements BeanDefinitionRegistryPostProcessor {

		@Override
		public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		}

	}

	static class OrderedDefinitions extends Definitions implements Ordered {

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

	}

	static class Factory extends Told implements BeanFactoryPostProcessor {

		@Override
		public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		}

	}

	static class Processor extends Told implements BeanPostProcessor {

	}

}
