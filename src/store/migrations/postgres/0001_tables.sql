-- Times are milliseconds since 1970, flags 0 or 1, identifiers and JSON text.
-- Both databases have the same tables; a query names nothing that only one of
-- them knows. What is sorted by is compared byte by byte, as SQLite does.

create table turns (
    id text collate "C" not null primary key,
    session text not null,
    name text collate "C" not null,
    kiosk text not null,
    place text not null,
    asked_at bigint not null,
    channel text not null,
    text text not null,
    core text not null,
    edition bigint not null,
    decision text not null,
    outcome text not null,
    entry text collate "C",
    gap text,
    confidence double precision not null,
    contest text,
    thumbs_up bigint not null,
    text_us bigint not null,
    retrieval_us bigint not null,
    dialogue_us bigint not null,
    store_us bigint not null,
    total_us bigint not null,
    explain text not null
);
create index turns_by_time on turns (asked_at, id);
create index turns_by_session on turns (session, asked_at);

create table escalations (
    id text collate "C" not null primary key,
    code text not null,
    -- The code for as long as it is reserved.
    code_in_use text,
    session text not null,
    turn text,
    kiosk text not null,
    place text not null,
    question text not null,
    note text,
    contact text,
    opened_at bigint not null,
    due_at bigint not null,
    state text not null,
    state_by text,
    state_at bigint,
    answer text,
    answer_entry text,
    learn bigint not null,
    reason text,
    -- The number of the newest line.
    last_line bigint not null default 0,
    version bigint not null
);
create unique index escalations_by_code on escalations (code_in_use);
create index escalations_by_due on escalations (state, due_at);
create index escalations_by_state_time on escalations (state, state_at);
create index escalations_by_session on escalations (session, opened_at);
create index escalations_by_opening on escalations (opened_at);

create table lines (
    escalation text not null references escalations (id),
    number bigint not null,
    -- Nobody means the resident.
    worker text,
    text text not null,
    said_at bigint not null,
    primary key (escalation, number)
);

create table gaps (
    id text collate "C" not null primary key,
    core text not null,
    label text not null,
    first_at bigint not null,
    last_at bigint not null,
    asked bigint not null,
    closed_by text
);
create index gaps_by_count on gaps (asked);

create table candidates (
    id text collate "C" not null primary key,
    proposal text not null,
    escalation text,
    gap text,
    created_at bigint not null,
    state text not null,
    state_by text,
    state_at bigint,
    reason text,
    edition bigint,
    version bigint not null
);
create index candidates_by_time on candidates (created_at);
create index candidates_by_state on candidates (state, created_at);

create table bodies (
    -- SHA-256 of the JSON, in hex.
    hash text not null primary key,
    json text not null
);

create table editions (
    number bigint not null primary key,
    published_at bigint not null,
    published_by text,
    note text not null,
    frame_hash text not null references bodies (hash),
    entries bigint not null,
    based_on bigint not null
);

create table edition_entries (
    edition bigint not null references editions (number),
    position bigint not null,
    entry text not null,
    hash text not null references bodies (hash),
    primary key (edition, position)
);
create unique index edition_entries_by_entry on edition_entries (edition, entry);

create table settings (
    name text not null primary key,
    value text not null
);

create table users (
    id text collate "C" not null primary key,
    name text collate "C" not null,
    display_name text not null,
    role text not null,
    password_hash text not null,
    created_at bigint not null,
    active bigint not null
);
create unique index users_by_name on users (name);

create table sign_ins (
    token_hash text not null primary key,
    user_id text not null references users (id),
    expires_at bigint not null
);
create index sign_ins_by_user on sign_ins (user_id);

create table kiosks (
    id text collate "C" not null primary key,
    name text collate "C" not null,
    place text not null,
    key_hash text not null,
    loopback_only bigint not null,
    created_at bigint not null,
    revoked_at bigint
);
create unique index kiosks_by_key on kiosks (key_hash);
