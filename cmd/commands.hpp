// The index of commands: a function for each, in the order of the help. commands.cpp lists them.
#pragma once

#include "command.hpp"

namespace billctl::cmd {

// pipeline
const Command& compile_command();
const Command& generate_command();
const Command& approve_command();
const Command& issue_command();
const Command& rebill_job_run_command();
const Command& rebill_job_plan_command();
const Command& rebill_job_submit_command();
const Command& rebill_job_run_due_command();
const Command& rebill_job_cancel_command();
const Command& rebill_job_list_command();
const Command& rebill_job_show_command();
const Command& send_command();
const Command& send_status_command();
const Command& send_resolve_command();
const Command& sync_command();
const Command& sync_status_command();
const Command& sync_resolve_command();
// documents
const Command& render_command();
// invoices
const Command& invoice_delete_command();
const Command& invoice_credit_command();
const Command& invoice_void_command();
const Command& invoice_reissue_command();
const Command& invoice_copy_command();
const Command& invoice_edit_command();
const Command& invoice_note_command();
const Command& invoice_tax_command();
const Command& invoice_prepay_command();
const Command& invoice_list_command();
const Command& invoice_show_command();
const Command& invoice_hold_command();
const Command& invoice_unhold_command();
const Command& invoice_adjust_command();
const Command& invoice_exclude_command();
const Command& invoice_include_command();
const Command& invoice_transfer_command();
const Command& invoice_history_command();
const Command& invoice_agree_command();
const Command& invoice_line_add_command();
const Command& invoice_line_edit_command();
const Command& invoice_line_remove_command();
const Command& invoice_line_move_command();
const Command& invoice_material_list_command();
const Command& invoice_material_link_command();
const Command& invoice_material_release_command();
const Command& invoice_material_price_command();
const Command& invoice_material_revert_command();
const Command& invoice_material_save_command();
const Command& invoice_material_apply_command();
// safety
const Command& verify_command();
const Command& log_command();
// set up
const Command& backup_command();
const Command& export_csv_command();
const Command& export_journal_command();
const Command& export_ledger_command();
const Command& restore_command();
const Command& restore_confirm_command();
const Command& numbering_show_command();
const Command& numbering_set_command();
const Command& init_command();
const Command& config_show_command();
const Command& config_check_command();
const Command& import_command();
const Command& import_all_command();
const Command& migrate_command();
const Command& client_list_command();
const Command& client_show_command();
const Command& client_edit_command();
const Command& project_list_command();
const Command& project_show_command();
const Command& project_edit_command();
const Command& task_list_command();
const Command& task_show_command();
const Command& task_edit_command();
const Command& task_done_command();
const Command& product_list_command();
const Command& product_show_command();
const Command& product_edit_command();
const Command& member_list_command();
const Command& member_show_command();
const Command& member_edit_command();
const Command& comment_set_command();
const Command& selection_list_command();
const Command& selection_show_command();
const Command& selection_add_command();
const Command& selection_remove_command();
const Command& selection_edit_command();
// work
const Command& entry_add_command();
const Command& entry_list_command();
const Command& filter_list_command();
const Command& filter_show_command();
const Command& filter_delete_command();
const Command& work_list_command();
const Command& work_summary_command();
const Command& work_unconfirmed_command();
const Command& entry_show_command();
const Command& entry_edit_command();
const Command& entry_split_command();
const Command& entry_stop_command();
const Command& entry_confirm_command();
const Command& work_confirm_command();
const Command& entry_merge_command();
const Command& entry_unmerge_command();
const Command& entry_archive_command();
const Command& entry_unarchive_command();
const Command& entry_delete_command();
const Command& version_command();
const Command& completion_command();

// insight
const Command& status_command();
const Command& report_revenue_command();
const Command& report_wip_command();
const Command& report_aged_unbilled_command();
const Command& report_funnel_command();
const Command& report_adjustments_command();
const Command& report_prepayments_command();
const Command& report_tax_command();
const Command& period_list_command();
const Command& period_check_command();
const Command& period_close_command();
const Command& period_reopen_command();
const Command& explain_command();
// items
const Command& item_list_command();
const Command& item_show_command();
const Command& item_reprice_command();
const Command& item_release_command();

}  // namespace billctl::cmd
