#include "commands.hpp"

namespace billctl::cmd {

// long: a line for each command.
const std::vector<const Command*>& all_commands() {
  static const std::vector<const Command*> kAll = {
      // set up
      &init_command(),
      &config_show_command(),
      &config_check_command(),
      &import_command(),
      &import_all_command(),
      &client_list_command(),
      &client_show_command(),
      &project_list_command(),
      &project_show_command(),
      &task_list_command(),
      &task_show_command(),
      &task_done_command(),
      &product_list_command(),
      &product_show_command(),
      &member_list_command(),
      &member_show_command(),
      &selection_list_command(),
      &selection_show_command(),
      &selection_add_command(),
      &selection_remove_command(),
      &migrate_command(),
      &numbering_show_command(),
      &numbering_set_command(),
      // work
      &entry_add_command(),
      &entry_list_command(),
      &entry_show_command(),
      // pipeline
      &compile_command(),
      &generate_command(),
      &approve_command(),
      &issue_command(),
      &rebill_job_run_command(),
      &rebill_job_list_command(),
      &rebill_job_show_command(),
      &sync_command(),
      &sync_status_command(),
      &sync_resolve_command(),
      // items
      &item_list_command(),
      &item_show_command(),
      &item_reprice_command(),
      &item_release_command(),
      // invoices
      &invoice_list_command(),
      &invoice_edit_command(),
      &invoice_note_command(),
      &invoice_tax_command(),
      &invoice_prepay_command(),
      &invoice_delete_command(),
      &invoice_show_command(),
      &invoice_hold_command(),
      &invoice_unhold_command(),
      &invoice_adjust_command(),
      &invoice_exclude_command(),
      &invoice_include_command(),
      &invoice_transfer_command(),
      &invoice_history_command(),
      &invoice_agree_command(),
      &invoice_line_add_command(),
      &invoice_line_edit_command(),
      &invoice_line_remove_command(),
      &invoice_line_move_command(),
      &invoice_material_list_command(),
      &invoice_material_link_command(),
      &invoice_material_release_command(),
      &invoice_material_price_command(),
      &invoice_material_revert_command(),
      &invoice_material_save_command(),
      &invoice_material_apply_command(),
      &invoice_credit_command(),
      &invoice_void_command(),
      &invoice_reissue_command(),
      &invoice_copy_command(),
      // documents
      &render_command(),
      // insight
      &explain_command(),
      &report_revenue_command(),
      &report_adjustments_command(),
      &report_prepayments_command(),
      &report_tax_command(),
      &period_list_command(),
      &period_check_command(),
      &period_close_command(),
      &period_reopen_command(),
      // safety
      &verify_command(),
      &log_command(),
      // the rest
      &version_command(),
      &completion_command(),
  };
  return kAll;
}

}  // namespace billctl::cmd
