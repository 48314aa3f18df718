package io.github.adkmigration.codec;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The values of enum members whose name is not their value. Pickles of CPython 3.11.2
 * name the member; the value is what readers expect.
 */
final class EnumMembers {

	private static final Map<String, String> CREDENTIAL_TYPES = Map.of("API_KEY", "apiKey", "HTTP", "http", "OAUTH2",
			"oauth2", "OPEN_ID_CONNECT", "openIdConnect", "SERVICE_ACCOUNT", "serviceAccount");

	private static final Set<String> LOWER_CASE = Set.of("google.adk.auth.auth_schemes.OAuthGrantType",
			"google.genai.types.JSONSchemaType", "google.genai.types.ServiceTier");

	private EnumMembers() {
	}

	static String value(String qualifiedClassName, String member) {
		if (qualifiedClassName.equals("google.adk.auth.auth_credential.AuthCredentialTypes")) {
			return CREDENTIAL_TYPES.getOrDefault(member, member);
		}
		return LOWER_CASE.contains(qualifiedClassName) ? member.toLowerCase(Locale.ROOT) : member;
	}

}
