package io.github.adkmigration.autoconfigure.actuate.endpoint;

import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension} of the {@link AdkMigrationEndpoint}, whose statuses say
 * what came of an operation.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = AdkMigrationEndpoint.class)
public class AdkMigrationEndpointWebExtension {

	private final AdkMigrationEndpoint endpoint;

	/**
	 * Create the extension.
	 * @param endpoint does the work
	 */
	public AdkMigrationEndpointWebExtension(AdkMigrationEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Do something.
	 * @param operation {@code migrate}, {@code pause} or {@code resume}
	 * @return what came of it, with its status
	 */
	@WriteOperation
	public WebEndpointResponse<OperationResult> operate(@Selector String operation) {
		return response(this.endpoint.operate(operation));
	}

	/**
	 * Do something to a further target.
	 * @param target the name of the target
	 * @param operation {@code migrate}, {@code pause} or {@code resume}
	 * @return what came of it, with its status
	 */
	@WriteOperation
	public WebEndpointResponse<OperationResult> operateTarget(@Selector String target, @Selector String operation) {
		return response(this.endpoint.operateTarget(target, operation));
	}

	private static WebEndpointResponse<OperationResult> response(OperationResult result) {
		return new WebEndpointResponse<>(result, result.outcome().status());
	}

}
