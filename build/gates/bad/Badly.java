package io.github.adkmigration.failure;

import java.util.List;
import org.jetbrains.annotations.Nullable;
import javax.annotation.Nullable;
import org.springframework.lang.Nullable;

public final class BadlyNamedUtils {

	private BadlyNamedUtils() {
	}

	public static void silent() {
		System.out.println("TODO"); // TODO
	}

	/**
	 * Say nothing of the parameter. 
	 */
	public static void value(String value) {
	}

}
