-- Times are milliseconds since 1970, flags 0 or 1, identifiers and JSON text.
-- Both databases have the same tables; a query names nothing that only one of
-- them knows.

create table turns (
    id text not null primary key,
    session text not null,
    name text not null,
    kiosk text not null,
    place text not null,
    asked_at integer not null,
    channel text not null,
    text text not null,
    core text not null,
    edition integer not null,
    decision text not null,
    outcome text not null,
    entry text,
    gap text,
    confidence real not null,
    contest text,
    thumbs_up integer not null,
    text_us integer not null,
    retrieval_us integer not null,
    dialogue_us integer not null,
    store_us integer not null,
    total_us integer not null,
    -- Last, since it is long: reading the columns before it leaves its pages
    -- alone.
    explain text not null
) strict;
create index turns_by_time on turns (asked_at, id);
create index turns_by_session on turns (session, asked_at);

create table escalations (
    id text not null primary key,
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
    opened_at integer not null,
    due_at integer not null,
    state text not null,
    state_by text,
    state_at integer,
    answer text,
    answer_entry text,
    learn integer not null,
    reason text,
    -- The number of the newest line.
    last_line integer not null default 0,
    version integer not null
) strict;
create unique index escalations_by_code on escalations (code_in_use);
create index escalations_by_due on escalations (state, due_at);
create index escalations_by_state_time on escalations (state, state_at);
create index escalations_by_session on escalations (session, opened_at);
create index escalations_by_opening on escalations (opened_at);

create table lines (
    escalation text not null references escalations (id),
    number integer not null,
    -- Nobody means the resident.
    worker text,
    text text not null,
    said_at integer not null,
    primary key (escalation, number)
) strict;

create table gaps (
    id text not null primary key,
    core text not null,
    label text not null,
    first_at integer not null,
    last_at integer not null,
    asked integer not null,
    closed_by text
) strict;
create index gaps_by_count on gaps (asked);

create table candidates (
    id text not null primary key,
    proposal text not null,
    escalation text,
    gap text,
    created_at integer not null,
    state text not null,
    state_by text,
    state_at integer,
    reason text,
    edition integer,
    version integer not null
) strict;
create index candidates_by_time on candidates (created_at);
create index candidates_by_state on candidates (state, created_at);

create table bodies (
    -- SHA-256 of the JSON, in hex.
    hash text not null primary key,
    json text not null
) strict;

create table editions (
    number integer not null primary key,
    published_at integer not null,
    published_by text,
    note text not null,
    frame_hash text not null references bodies (hash),
    entries integer not null,
    based_on integer not null
) strict;

create table edition_entries (
    edition integer not null references editions (number),
    position integer not null,
    entry text not null,
    hash text not null references bodies (hash),
    primary key (edition, position)
) strict, without rowid;
create unique index edition_entries_by_entry on edition_entries (edition, entry);

create table settings (
    name text not null primary key,
    value text not null
) strict;

create table users (
    id text not null primary key,
    name text not null,
    display_name text not null,
    role text not null,
    password_hash text not null,
    created_at integer not null,
    active integer not null
) strict;
create unique index users_by_name on users (name);

create table sign_ins (
    token_hash text not null primary key,
    user_id text not null references users (id),
    expires_at integer not null
) strict;
create index sign_ins_by_user on sign_ins (user_id);

create table kiosks (
    id text not null primary key,
    name text not null,
    place text not null,
    key_hash text not null,
    loopback_only integer not null,
    created_at integer not null,
    revoked_at integer
) strict;
create unique index kiosks_by_key on kiosks (key_hash);
