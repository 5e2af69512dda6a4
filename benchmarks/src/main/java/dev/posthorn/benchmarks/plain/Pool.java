package dev.posthorn.benchmarks.plain;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** The pool of connections of processes that make theirs themselves. */
public final class Pool {

    private Pool() {}

    public static HikariDataSource of(Resources resources) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(resources.jdbcUrl());
        pool.setUsername(resources.user());
        pool.setPassword(resources.password());
        pool.setMaximumPoolSize(resources.poolSize());
        return new HikariDataSource(pool);
    }
}
