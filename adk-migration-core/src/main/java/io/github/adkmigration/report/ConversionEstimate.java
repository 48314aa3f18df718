package io.github.adkmigration.report;

import java.time.Duration;

/**
 * How long a conversion will take, by a sample of this database's own rows.
 *
 * @param duration the whole run, waiting for the lock not included
 * @param sampledRows how many rows were read and converted for it
 * @param written whether they were written too, into a temporary table; where that is not
 * possible the writing is taken to last as long as the reading and converting
 * @param rowsPerSecond how many a run will work on
 * @since 0.1.0
 */
public record ConversionEstimate(Duration duration, long sampledRows, boolean written, long rowsPerSecond) {
}
