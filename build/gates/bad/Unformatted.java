package io.github.adkmigration.failure;

final class Unformatted {
    private Unformatted() { }
}
