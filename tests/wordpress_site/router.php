<?php
// php -S: a file that was uploaded, else WordPress.
$path = urldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
$file = realpath(getenv('WP_FOLDER') . $path);
if ($file && is_file($file) && strpos($file, getenv('WP_FOLDER') . '/wp-content/uploads/') === 0) {
    header('Content-Type: ' . mime_content_type($file));
    readfile($file);
    return;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
define('WP_USE_THEMES', true);
require __DIR__ . '/config.php';
require ABSPATH . 'wp-settings.php';
wp();
require ABSPATH . WPINC . '/template-loader.php';
