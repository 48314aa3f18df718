--liquibase formatted sql

--changeset application:accounts
CREATE TABLE accounts (id INTEGER PRIMARY KEY);
