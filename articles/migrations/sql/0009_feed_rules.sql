-- The feeds are part of the record: who added or left one is in its history. What machines note in them at each visit is not,
-- nor are their entries, which are the log of what feeds listed and what became of it.
SELECT keep_history('articles_feed', 'title', 'etag', 'last_modified', 'polled_at', 'read_at', 'next_at', 'minutes',
                    'failures', 'error', 'error_params');
-- undo
SELECT stop_history('articles_feed');
