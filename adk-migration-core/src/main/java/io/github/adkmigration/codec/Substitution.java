package io.github.adkmigration.codec;

import org.jspecify.annotations.Nullable;

/**
 * A kind of value that a row held and JSON, the target or this library has no form for.
 * The row is converted, with the documented substitute in its place.
 *
 * @param field the field of the event, for example {@code actions.state_delta}; never
 * deeper, for keys are the application's
 * @param kind what was substituted
 * @param className the qualified Python class or the name of the dropped field, if the
 * kind has one
 * @since 0.1.0
 */
public record Substitution(String field, SubstitutionKind kind, @Nullable String className) {
}
