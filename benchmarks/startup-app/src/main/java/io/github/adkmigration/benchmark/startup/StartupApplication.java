package io.github.adkmigration.benchmark.startup;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Starts, sends one query and says so.
 */
@SpringBootApplication
public class StartupApplication {

	/**
	 * Start.
	 * @param arguments the settings of the application
	 */
	public static void main(String[] arguments) {
		JdbcTemplate jdbc = SpringApplication.run(StartupApplication.class, arguments).getBean(JdbcTemplate.class);
		System.out.println("ANSWER " + jdbc.queryForObject("SELECT 41 + 1", Integer.class));
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		System.out.println("CPU " + system.getProcessCpuTime() / 1_000_000);
		System.out.println("CLASSES " + ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
		System.exit(0);
	}

}
