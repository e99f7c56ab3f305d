/**
 * What becomes of each table of a workspace in an archive. A table stands in exactly one of the lists `carried`, `onlyToRead` and `leftOut`;
 * a test fails for one that stands in none. SQL speaks of `r`, the row as the archive has it, and of `j`, its JSON.
 */
export interface CarriedTable {
  /** Columns that let somebody in: the archive has only `<column>_left_out`, whether there was one; after an import this stands there. */
  secrets?: Readonly<Record<string, string>>;
  /** Columns shown otherwise in the archive than they are kept; SQL on the table's own columns. */
  shown?: Readonly<Record<string, string>>;
  /** What an import sets otherwise than the archive has it, so that nothing is done twice and no secret is thought to be there. */
  changed?: Readonly<Record<string, string>>;
}

const plain: CarriedTable = {};
const enterAnew = "'Passwords and keys are not part of an archive. Enter it anew.'";
/** Something that worked with a key which is not here. */
const failingWithoutKey = {
  state: "case when (j->>'credentials_left_out')::boolean then 'failing' else r.state end",
  message: `case when (j->>'credentials_left_out')::boolean then ${enterAnew} else r.message end`,
};
const plainTables = (names: string): Record<string, CarriedTable> =>
  Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, plain]),
  );

/** In the archive, and taken in by an import. */
export const carried: Readonly<Record<string, CarriedTable>> = {
  ...plainTables(`
    ambassador ambassador_judgement ambassador_move ambassador_program ambassador_program_version
    application application_file application_logo application_page application_visit attribution_policy audit_entry automation_event bounced_address brand_profile
    brief_acknowledgement brief_image brief_override brief_receipt brief_template brief_version business_calendar campaign campaign_cost campaign_model
    campaign_goal campaign_invitation campaign_reviewer campaign_stage click click_daily comment comment_class comment_correction comment_pod
    comment_pod_member comment_search content_ad_permission content_alert content_asset content_capture content_placement content_reading content_result
    content_right contract contract_clause contract_effect contract_event contract_notice contract_signature contract_template contract_version
    conversion conversion_click_wait conversion_refund creator_address creator_note creator_topic_correction credit credit_change deadline_reminder deliverable
    disclosure_evidence disclosure_settings discount_code code_in_shop code_shop shop_catalogue browser_word till_event do_not_gift do_not_work enrolment enrolment_happening enrolment_history enrolment_join enrolment_move enrolment_step erasure_report exchange_rate experiment experiment_unit
    follower_sample fraud_appeal fraud_ban fraud_creator fraud_event fraud_group fraud_order fraud_policy goal_check hashtag_post import_error import_mapping incident incident_rules lead link link_health list list_comment list_member
    list_share list_vote live_check live_post live_screenshot mail_message mail_template mail_thread mailbox_folder mailing manager manager_creator
    manager_message match_overrule match_weights media media_use metric_history no_post_reason order_alias order_import_error order_intake order_mapping order_record outreach_settings past_work person
    person_distinct person_fact person_key person_merge pick pick_line picture_check portal_deletion portal_proof post post_expectation product
    product_variant profile profile_content profile_metric profile_price rate_setting rebook_opinion relation_due relationship_move review_comment review_link
    review_setting rights_acceptance rights_wording safety_flag safety_list safety_scan safety_settings saved_search search_history search_match search_notice search_notice_seen
    search_setting seeding_ask seeding_choice seeding_plan sequence shipment shipment_event sponsored_correction stored_file submission
    submission_decision submission_file submission_round survey survey_answer task tier touch_exclusion tracking_setting utm_template vetting_appeal vetting_report vetting_rules
    vetting_share vetting_verdict watched_brand webhook_attempt
  `),
  automation: {
    changed: {
      state: "case when r.state = 'on' then 'paused' else r.state end",
      paused_because:
        "case when r.state = 'on' then 'It came with an archive. Switch it on when the workspace it comes from acts no more.' else r.paused_because end",
    },
  },
  automation_run: {
    changed: {
      state: "case when r.state in ('waiting', 'running') then 'interrupted' else r.state end",
      because: "case when r.state in ('waiting', 'running') then 'The workspace was moved' else r.because end",
    },
  },
  connection: { secrets: { credentials: 'null' }, changed: failingWithoutKey },
  contract_settings: {
    secrets: { key_sealed: 'null' },
    changed: {
      key_source: 'null',
      certificate_subject: 'null',
      certificate_issuer: 'null',
      certificate_fingerprint: 'null',
      certificate_from: 'null',
      certificate_until: 'null',
    },
  },
  credit_run: {
    changed: {
      state: "case when r.state = 'running' then 'failed' else r.state end",
      problem: "case when r.state = 'running' then 'The workspace was moved. Count again.' else r.problem end",
    },
  },
  guest_link: {
    secrets: { token_hash: "sha256(convert_to(gen_random_uuid()::text, 'UTF8'))", passphrase_hash: 'null' },
    changed: { revoked_at: 'coalesce(r.revoked_at, now())' },
  },
  import_run: {
    changed: {
      state: "case when r.state = 'running' then 'failed' else r.state end",
      error: "case when r.state = 'running' then 'The workspace was moved. Import the file again.' else r.error end",
    },
  },
  link_domain: {
    changed: {
      state: "'waiting'",
      problem:
        "case when r.state = 'live' then 'Its DNS record still leads elsewhere. Check it here.' else r.problem end",
    },
  },
  mail_out: {
    shown: { body: "case when is_secret then '' else body end" },
    changed: {
      state: "case when r.state in ('queued', 'sending') then 'off' else r.state end",
      answer:
        "case when r.state in ('queued', 'sending') then 'It was waiting when the workspace was moved' else r.answer end",
    },
  },
  mailbox: {
    secrets: { sealed: "''::bytea" },
    changed: {
      state: "case when r.removed_at is null then 'broken' else r.state end",
      fault: `case when r.removed_at is null then ${enterAnew} else r.fault end`,
    },
  },
  mailing_run: {
    changed: {
      state: "case when r.state = 'sending' then 'stopped' else r.state end",
      why: "case when r.state = 'sending' then 'Its mail was on its way when the workspace was moved' else r.why end",
    },
  },
  order_import: {
    changed: {
      state: "case when r.state in ('running', 'uploaded') then 'failed' else r.state end",
      error:
        "case when r.state in ('running', 'uploaded') then 'The workspace was moved. Import the file again.' else r.error end",
    },
  },
  order_backfill: {
    changed: {
      state: "case when r.state = 'running' then 'failed' else r.state end",
      message: "case when r.state = 'running' then 'The workspace was moved. Start it again.' else r.message end",
    },
  },
  order_source: { secrets: { secret: 'null', previous_secret: 'null' } },
  shop: { secrets: { credentials: 'null', codes_credentials: 'null' }, changed: failingWithoutKey },
  // Links of tills are made anew, and keys of pages belong to the installation that answers them.
  till: {
    secrets: { token_hash: 'sha256(gen_random_uuid()::text::bytea)', token_sealed: "''" },
    changed: { is_open: 'false' },
  },
  snippet_key: {
    secrets: { key: "'rpk_' || replace(gen_random_uuid()::text, '-', '')" },
    changed: { revoked_at: 'coalesce(r.revoked_at, now())' },
  },
  vetting_run: { changed: { state: "case when r.state in ('waiting', 'running') then 'cancelled' else r.state end" } },
  webhook_endpoint: {
    secrets: { secret: 'null', previous_secret: 'null' },
    changed: {
      state: "case when r.state = 'on' then 'disabled' else r.state end",
      disabled_because: `case when r.state = 'on' then ${enterAnew} else r.disabled_because end`,
    },
  },
  webhook_message: {
    changed: {
      state: "case when r.state in ('waiting', 'sending') then 'failed' else r.state end",
      finished_at: "case when r.state in ('waiting', 'sending') then now() else r.finished_at end",
    },
  },
};

const keyedElsewhere =
  'Known by hashes that only the installation they were made on can make again: kept here they would count everybody twice. Upload the file anew.';

/** In the archive for whoever reads it, not taken in by an import, with the reason. */
export const onlyToRead: Readonly<Record<string, string>> = {
  customer: keyedElsewhere,
  customer_match: keyedElsewhere,
  follower_set: keyedElsewhere,
};

const rebuilt = 'Made again from the creators, posts and comments by the installation that takes the workspace in.';
const letsIn = 'Lets somebody in to the installation it was made on. Make it anew.';

/** Not in the archive, with the reason, which stands in its manifest. */
export const leftOut: Readonly<Record<string, string>> = {
  api_key: letsIn,
  calendar_feed: letsIn,
  invitation: letsIn,
  portal_link: letsIn,
  portal_entry: letsIn,
  portal_account_person:
    'Accounts of creators belong to the installation. They make one anew by a code that is mailed to them.',
  creator_content_due: rebuilt,
  creator_mention: rebuilt,
  creator_vector: rebuilt,
  search_build: rebuilt,
  search_fact: rebuilt,
  search_person: rebuilt,
  search_profile: rebuilt,
  search_text: rebuilt,
  search_value: rebuilt,
  search_word: rebuilt,
  click_weekly: rebuilt,
  click_facet: rebuilt,
  click_hour: rebuilt,
  click_sum_state: rebuilt,
  credit_daily: rebuilt,
  credit_day: rebuilt,
  credit_day_due: rebuilt,
  fraud_due: 'Creators whose traffic is to be judged again; the nightly look finds them all.',
  fraud_visit: 'Devices of creators, as hashes of one installation that compare with nothing elsewhere.',
  click_window: 'Tells repeated hits of one hour apart, by hashes of one installation.',
  mail_consent: 'Answers of consent screens that are waited for some minutes; one is begun anew.',
  connection_task: 'Work that waits for platforms; it is planned anew when a connection is entered again.',
  connection_usage: "What was used of the platforms' daily limits, by the key that is not here.",
  erasure_note: 'What erased creators were called, kept only until every part of the program has forgotten it.',
  mail_attachment: 'What goes along with mails that were not out yet; those are not sent from elsewhere.',
  outbox: 'Messages between the parts of one installation.',
  outbox_delivery: 'Messages between the parts of one installation.',
  workspace_archive: 'Describes files on the disk of one installation.',
};

/** A member with name and e-mail, by which an import finds who is here already. Written and read by a hand of its own. */
export const memberPart = 'member';
/** Addresses and handles known in this workspace that stand on the installation's do-not-contact list. */
export const doNotContactPart = 'do_not_contact';

const readingStandsApart =
  'When products were read last stands in shop_catalogue, and they are read anew once the key is entered.';
/** Columns that a change of version took away, by table, with what became of them: an older archive that has them is still read. */
export const goneColumns: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  shop: {
    sync_run: readingStandsApart,
    sync_started_at: readingStandsApart,
    sync_ended_at: readingStandsApart,
    sync_counts: readingStandsApart,
    sync_message: readingStandsApart,
  },
};
/** Tables that a change of version took away. */
export const goneTables: Readonly<Record<string, string>> = {};
/** Values, as SQL, for columns that have to be there, have no default and are not in older archives. */
export const defaults: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  conversion_refund: { version_at: 'r.refunded_at' },
  // Older archives know a shop only as the place products come from.
  shop: { uses: "array['products']" },
};
