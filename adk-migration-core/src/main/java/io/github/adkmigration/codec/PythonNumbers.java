package io.github.adkmigration.codec;

/**
 * Numbers as Python prints them.
 */
final class PythonNumbers {

	private static final double MAX_EXACT_WHOLE = 1e15;

	private PythonNumbers() {
	}

	/**
	 * Print a float the way Python's {@code repr} does, which for finite values is JSON
	 * too.
	 * @param value the number
	 * @return for example {@code 1.0}, {@code 1e+22} or {@code 1e-07}
	 */
	static String repr(double value) {
		if (value == Math.rint(value) && Math.abs(value) < MAX_EXACT_WHOLE) {
			boolean negativeZero = value == 0 && 1 / value < 0;
			return (negativeZero ? "-" : "") + (long) value + ".0";
		}
		if (Double.isNaN(value)) {
			return "nan";
		}
		if (Double.isInfinite(value)) {
			return (value > 0) ? "inf" : "-inf";
		}
		return reshape(Double.toString(value));
	}

	/** Java switches to exponents at other magnitudes than Python. */
	private static String reshape(String java) {
		int exponentMark = java.indexOf('E');
		int exponent = (exponentMark < 0) ? 0 : Integer.parseInt(java.substring(exponentMark + 1));
		String mantissa = (exponentMark < 0) ? java : java.substring(0, exponentMark);
		boolean negative = mantissa.charAt(0) == '-';
		int point = mantissa.indexOf('.');
		String digits = mantissa.substring(negative ? 1 : 0, point) + mantissa.substring(point + 1);
		int pointPosition = point - (negative ? 1 : 0) + exponent;
		int leadingZeros = 0;
		while (leadingZeros < digits.length() - 1 && digits.charAt(leadingZeros) == '0') {
			leadingZeros++;
		}
		digits = digits.substring(leadingZeros);
		pointPosition -= leadingZeros;
		int end = digits.length();
		while (end > 1 && digits.charAt(end - 1) == '0') {
			end--;
		}
		digits = digits.substring(0, end);
		return (negative ? "-" : "") + layOut(digits, pointPosition);
	}

	private static String layOut(String digits, int pointPosition) {
		if (pointPosition > 16 || pointPosition < -3) {
			int exponent = pointPosition - 1;
			String fraction = (digits.length() > 1) ? "." + digits.substring(1) : "";
			String sign = (exponent < 0) ? "-" : "+";
			String magnitude = Integer.toString(Math.abs(exponent));
			return digits.charAt(0) + fraction + "e" + sign + ((magnitude.length() < 2) ? "0" : "") + magnitude;
		}
		if (pointPosition <= 0) {
			return "0." + "0".repeat(-pointPosition) + digits;
		}
		if (pointPosition >= digits.length()) {
			return digits + "0".repeat(pointPosition - digits.length()) + ".0";
		}
		return digits.substring(0, pointPosition) + "." + digits.substring(pointPosition);
	}

	/**
	 * Print seconds since 1970 as the float that Python's {@code timestamp()} gives.
	 * @param epochMicros microseconds since 1970
	 * @return a decimal number with at least one and at most six decimals
	 */
	static String seconds(long epochMicros) {
		long magnitude = Math.abs(epochMicros);
		long whole = magnitude / 1_000_000;
		int micros = (int) (magnitude % 1_000_000);
		StringBuilder text = new StringBuilder(20);
		if (epochMicros < 0) {
			text.append('-');
		}
		text.append(whole).append('.');
		appendFraction(text, micros);
		return text.toString();
	}

	/** Six digits without the zeros at the end, but at least one. */
	static void appendFraction(StringBuilder text, int micros) {
		int rest = micros;
		int digit = 100_000;
		do {
			text.append((char) ('0' + rest / digit));
			rest %= digit;
			digit /= 10;
		}
		while (rest > 0);
	}

}
