var privacy = { banner: true };
