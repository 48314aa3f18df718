package io.github.adkmigration.lock;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.SimpleTransactionStatus;

/**
 * Leaves each statement to its own transaction: what ShedLock does to its row is a single
 * statement each time, and a waiter would else send four to MySQL for every one.
 */
final class SingleStatements implements PlatformTransactionManager {

	@Override
	public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
		return new SimpleTransactionStatus();
	}

	@Override
	public void commit(TransactionStatus status) {
	}

	@Override
	public void rollback(TransactionStatus status) {
	}

}
