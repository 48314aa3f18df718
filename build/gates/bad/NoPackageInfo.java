package io.github.adkmigration.noinfo;

final class NoPackageInfo {

	private NoPackageInfo() {
	}

}
