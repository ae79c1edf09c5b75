<?php
// Installs WordPress as its own page does; prints the application passwords.
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = parse_url(getenv('WP_URL'), PHP_URL_HOST);
require __DIR__ . '/config.php';
require ABSPATH . 'wp-settings.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Warta', 'admin', 'admin@warta.example', true, '', 'admin-password', 'id_ID');
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
update_option('timezone_string', 'Asia/Jakarta');
wp_insert_term('Warta', 'category');
wp_insert_term('Pengumuman & Agenda', 'category');
$passwords = array();
foreach (array('redaksi' => 'editor', 'wartawan' => 'author', 'penulis' => 'contributor') as $name => $role) {
    $id = wp_insert_user(array('user_login' => $name, 'user_pass' => wp_generate_password(), 'role' => $role));
    $made = WP_Application_Passwords::create_new_application_password($id, array('name' => 'redaksi'));
    $passwords[$name] = $made[0];
}
echo "\n", json_encode($passwords), "\n";
